import { type ReadonlySignal, signal } from '@preact/signals'
import { i18n } from '#i18n'
import { formatNumber } from '../../shared/number/format.ts'
import { createSampleCaller } from '../lib/caller/sample-caller.ts'
import { interrupted, sendMessage } from '../lib/contract/messages.ts'
import { readCountry, userCountry, watchCountry } from '../lib/settings/country.ts'
import { sampleSeenSetting } from '../lib/settings/settings.ts'
import type { Feedback } from '../ui/setup/feedback.ts'
import { bringCard } from './bring-card.ts'

/** The sample call, and whether the person has seen it. */
export interface SampleModel {
  readonly wasSeen: ReadonlySignal<boolean>
  /** Of who makes it, as it is read in the person's country. */
  readonly number: ReadonlySignal<string>
  readonly feedback: ReadonlySignal<Feedback | undefined>
  play(): Promise<void>
}

export async function createSampleModel(): Promise<SampleModel> {
  await readCountry()
  const wasSeen = signal(await sampleSeenSetting.getValue())
  const number = signal(formatSampleNumber())
  const feedback = signal<Feedback>()
  watchCountry(() => {
    number.value = formatSampleNumber()
  })
  return {
    wasSeen,
    number,
    feedback,
    play: async () => {
      bringCard()
      const problem = await sendMessage('playSample').catch(interrupted)
      if (problem !== undefined) {
        const text = i18n.t(problem === 'busy' ? 'welcome.busy' : 'problem.interrupted')
        feedback.value = { kind: 'problem', text }
        return
      }
      feedback.value = { kind: 'done', text: i18n.t('welcome.playing') }
      wasSeen.value = true
      await sampleSeenSetting.setValue(true)
    },
  }
}

function formatSampleNumber(): string {
  const country = userCountry()
  const { phoneNumber } = createSampleCaller(i18n.t('sample.caller'), country)
  return formatNumber(phoneNumber, country)?.text ?? phoneNumber
}
