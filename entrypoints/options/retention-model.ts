import { type ReadonlySignal, signal } from '@preact/signals'
import { i18n } from '#i18n'
import { MAX_KEPT_DAYS, type RetentionSettings, retentionSettings } from '../lib/settings/settings.ts'
import { language } from '../lib/wording/labels.ts'
import type { Feedback } from '../ui/setup/feedback.ts'

/** How long what is stored is kept, and what came of changing it. */
export interface RetentionModel {
  readonly settings: ReadonlySignal<RetentionSettings>
  readonly feedback: ReadonlySignal<Feedback | undefined>
  /** A shorter time that waits for the person's confirmation, because it deletes things for good. */
  readonly asked: ReadonlySignal<Partial<RetentionSettings> | undefined>
  /** `typed`: the text of the field. Returns what is wrong with it; nothing where it holds or waits for an answer. */
  setDays(name: KeptDays, typed: string): Promise<string | undefined>
  answer(isYes: boolean): Promise<void>
}

export type KeptDays = keyof RetentionSettings

/** The shortest time that can be set; 0 means forever. */
export const MIN_DAYS = { eventDays: 1, callDays: 0, noteDays: 0 } as const satisfies RetentionSettings

export function createRetentionModel(): RetentionModel {
  const settings = signal<RetentionSettings>(retentionSettings.fallback)
  const feedback = signal<Feedback>()
  const asked = signal<Partial<RetentionSettings>>()
  const apply = (next: RetentionSettings) => {
    settings.value = next
  }
  retentionSettings.watch(apply)
  void retentionSettings.getValue().then(apply)

  async function save(change: Partial<RetentionSettings>, text: string): Promise<void> {
    const next = { ...settings.value, ...change }
    settings.value = next
    asked.value = undefined
    await retentionSettings.setValue(next)
    feedback.value = { kind: 'done', text }
  }

  return {
    settings,
    feedback,
    asked,
    setDays: async (name, typed) => {
      const days = Number(typed)
      const min = MIN_DAYS[name]
      feedback.value = undefined
      if (typed === '' || !Number.isInteger(days) || days < min || days > MAX_KEPT_DAYS) {
        const [least, most] = [min, MAX_KEPT_DAYS].map((count) => new Intl.NumberFormat(language()).format(count))
        return i18n.t('privacy.malformedDays', [least ?? '', most ?? ''])
      }
      if (lasts(days) < lasts(settings.value[name])) asked.value = { [name]: days }
      else await save({ [name]: days }, i18n.t('privacy.keptLonger'))
      return undefined
    },
    answer: async (isYes) => {
      if (isYes && asked.value) await save(asked.value, i18n.t('privacy.keptSaved'))
      asked.value = undefined
    },
  }
}

function lasts(days: number): number {
  return days === 0 ? Number.POSITIVE_INFINITY : days
}
