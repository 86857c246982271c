import { type ReadonlySignal, signal } from '@preact/signals'
import { i18n } from '#i18n'
import { type AlertSettings, alertSettings, MAX_ALERT_SECONDS } from '../lib/settings/settings.ts'
import { language } from '../lib/wording/labels.ts'
import type { Feedback } from '../ui/setup/feedback.ts'

/** What the person is reminded of, and what came of changing it. */
export interface AlertsModel {
  readonly settings: ReadonlySignal<AlertSettings>
  readonly feedback: ReadonlySignal<Feedback | undefined>
  switch(name: AlertSwitch, isOn: boolean): Promise<void>
  /** `typed`: the text of the field. Returns what is wrong with it, or nothing. */
  setSeconds(name: AlertSeconds, typed: string): Promise<string | undefined>
  /** `typed`: a time of day, `17:00`. Returns what is wrong with it, or nothing. */
  setTime(typed: string): Promise<string | undefined>
}

export type AlertSwitch = 'holdIsOn' | 'ringIsOn' | 'missedIsOn' | 'voicemailsToReturn'
export type AlertSeconds = 'holdBadgeSeconds' | 'holdNoticeSeconds' | 'ringSeconds'

export function createAlertsModel(): AlertsModel {
  const settings = signal<AlertSettings>(alertSettings.fallback)
  const feedback = signal<Feedback>()
  const apply = (next: AlertSettings) => {
    settings.value = next
  }
  // A notification has a switch for its kind as well.
  alertSettings.watch(apply)
  void alertSettings.getValue().then(apply)

  async function save(change: Partial<AlertSettings>, text: string): Promise<undefined> {
    const next = { ...settings.value, ...change }
    settings.value = next
    await alertSettings.setValue(next)
    feedback.value = { kind: 'done', text }
  }

  return {
    settings,
    feedback,
    switch: async (name, isOn) => {
      const isReminder = name !== 'voicemailsToReturn'
      await save({ [name]: isOn }, i18n.t(isReminder ? (isOn ? 'alerts.isOn' : 'alerts.isOff') : 'alerts.saved'))
    },
    setSeconds: async (name, typed) => {
      const seconds = Number(typed)
      const isGood = typed !== '' && Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_ALERT_SECONDS
      if (isGood) return save({ [name]: seconds }, i18n.t('alerts.saved'))
      const most = new Intl.NumberFormat(language()).format(MAX_ALERT_SECONDS)
      feedback.value = undefined
      return i18n.t('alerts.malformedSeconds', [most])
    },
    setTime: async (typed) => {
      const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(typed) ?? []
      if (hours === undefined) return i18n.t('alerts.malformedTime')
      return save({ missedMinute: Number(hours) * 60 + Number(minutes) }, i18n.t('alerts.saved'))
    },
  }
}
