import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { i18n } from '#i18n'
import { interrupted, type Status, sendMessage } from '../../lib/messages.ts'
import type { Said } from './said.ts'

/** The relay's address, and what came of changing it. */
export interface RelayModel {
  /** `undefined` until it is known, `''` until there is one. */
  readonly relayUrl: ReadonlySignal<string | undefined>
  readonly said: ReadonlySignal<Said | undefined>
  save(address: string): Promise<void>
}

export function createRelayModel(status: ReadonlySignal<Status | undefined>): RelayModel {
  const said = signal<Said>()
  return {
    relayUrl: computed(() => status.value?.relayUrl),
    said,
    save: async (address) => {
      said.value = { kind: 'pending', text: i18n.t('settings.checking') }
      const problem = await sendMessage('setRelay', address).catch(interrupted)
      said.value =
        problem === undefined
          ? { kind: 'done', text: i18n.t('settings.saved') }
          : { kind: 'problem', text: i18n.t(`problem.${problem}`) }
    },
  }
}
