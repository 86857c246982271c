import { type ReadonlySignal, signal } from '@preact/signals'
import { i18n } from '#i18n'
import { interrupted, sendMessage } from '../lib/contract/messages.ts'
import { type EndedCardStay, endedCardSetting } from '../lib/settings/settings.ts'
import type { Feedback } from '../ui/setup/feedback.ts'

/** How long the card of a finished call stays, where cards stand, and what came of changing it. */
export interface CardSettingsModel {
  readonly stay: ReadonlySignal<EndedCardStay>
  readonly feedback: ReadonlySignal<Feedback | undefined>
  setStay(stay: EndedCardStay): Promise<void>
  /** Puts the card back to its usual place on all sites. */
  resetPlaces(): Promise<void>
}

export function createCardSettingsModel(): CardSettingsModel {
  const stay = signal<EndedCardStay>(endedCardSetting.fallback)
  const feedback = signal<Feedback>()
  endedCardSetting.watch((next) => {
    stay.value = next
  })
  void endedCardSetting.getValue().then((now) => {
    stay.value = now
  })

  return {
    stay,
    feedback,
    setStay: async (next) => {
      await endedCardSetting.setValue(next)
      stay.value = next
      feedback.value = { kind: 'done', text: i18n.t('cardSettings.staySaved') }
    },
    resetPlaces: async () => {
      const problem = await sendMessage('resetCardPlaces').catch(interrupted)
      feedback.value =
        problem === undefined
          ? { kind: 'done', text: i18n.t('cardSettings.placesReset') }
          : { kind: 'problem', text: i18n.t(`problem.${problem}`) }
    },
  }
}
