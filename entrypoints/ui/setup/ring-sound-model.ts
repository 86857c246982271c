import { type ReadonlySignal, signal } from '@preact/signals'
import { i18n } from '#i18n'
import { interrupted, sendMessage } from '../../lib/contract/messages.ts'
import { type RingSettings, ringSettings } from '../../lib/settings/settings.ts'
import { type AudioOutput, allowOutputs, readOutputs } from './audio-outputs.ts'
import type { Feedback } from './feedback.ts'

/** The ring sound as the person has it, and what came of changing it. */
export interface RingSoundModel {
  readonly settings: ReadonlySignal<RingSettings>
  /** Those that are connected now; `undefined` while Chrome does not name them, for nobody has allowed that. */
  readonly outputs: ReadonlySignal<readonly AudioOutput[] | undefined>
  readonly feedback: ReadonlySignal<Feedback | undefined>
  switch(isOn: boolean): Promise<void>
  setVolume(percent: number): Promise<void>
  /** `''`: where the computer has its sounds. */
  chooseOutput(id: string): Promise<void>
  /** Has Chrome ask the person whether it may name the outputs. */
  askForOutputs(): Promise<void>
  /** Has it sound one time. */
  play(): Promise<void>
}

export function createRingSoundModel(): RingSoundModel {
  const settings = signal(ringSettings.fallback)
  const outputs = signal<readonly AudioOutput[]>()
  const feedback = signal<Feedback>()
  const look = async () => {
    outputs.value = await readOutputs()
  }
  const take = (next: RingSettings) => {
    settings.value = next
  }
  ringSettings.watch(take)
  void ringSettings.getValue().then(take)
  navigator.mediaDevices.addEventListener('devicechange', () => void look())
  void look()

  async function keep(change: Partial<RingSettings>, text: string): Promise<void> {
    settings.value = { ...settings.value, ...change }
    await ringSettings.setValue(settings.value)
    feedback.value = { kind: 'done', text }
  }

  return {
    settings,
    outputs,
    feedback,
    switch: (isOn) => keep({ isOn }, i18n.t(isOn ? 'ringSound.on' : 'ringSound.off')),
    setVolume: (volumePercent) => keep({ volumePercent }, i18n.t('ringSound.volumeSaved')),
    chooseOutput: (id) => {
      const output = outputs.value?.find((one) => one.id === id)
      return keep({ output }, i18n.t('ringSound.outputSaved', [output?.name ?? i18n.t('ringSound.usualOutput')]))
    },
    askForOutputs: async () => {
      const problem = await allowOutputs()
      feedback.value = problem && { kind: 'problem', text: i18n.t(`ringSound.${problem}`) }
      await look()
    },
    play: async () => {
      const answer = await sendMessage('playRing').catch(interrupted)
      feedback.value =
        answer === undefined
          ? { kind: 'done', text: i18n.t('ringSound.playing') }
          : { kind: 'problem', text: i18n.t(answer === 'ringing' ? 'ringSound.rings' : 'problem.interrupted') }
    },
  }
}
