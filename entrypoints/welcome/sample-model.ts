import { type ReadonlySignal, signal } from '@preact/signals'
import { i18n } from '#i18n'
import { interrupted, sendMessage } from '../lib/contract/messages.ts'
import { sampleSeenSetting } from '../lib/settings/settings.ts'
import type { Feedback } from '../ui/setup/feedback.ts'
import { bringCard } from './bring-card.ts'

/** The sample call, and whether the person has seen it. */
export interface SampleModel {
  readonly wasSeen: ReadonlySignal<boolean>
  readonly feedback: ReadonlySignal<Feedback | undefined>
  play(): Promise<void>
}

export async function createSampleModel(): Promise<SampleModel> {
  const wasSeen = signal(await sampleSeenSetting.getValue())
  const feedback = signal<Feedback>()
  return {
    wasSeen,
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
