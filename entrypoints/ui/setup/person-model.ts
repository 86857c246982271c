import { type ReadonlySignal, signal } from '@preact/signals'
import { i18n } from '#i18n'
import { interrupted, type Status, sendMessage } from '../../lib/messages.ts'
import type { Said } from './said.ts'

/** Who is signed in, and what came of signing in or out. */
export interface PersonModel {
  readonly status: ReadonlySignal<Status | undefined>
  readonly said: ReadonlySignal<Said | undefined>
  signIn(): Promise<void>
  signOut(): Promise<void>
}

export function createPersonModel(status: ReadonlySignal<Status | undefined>): PersonModel {
  const said = signal<Said>()
  return {
    status,
    said,
    signIn: async () => {
      said.value = { kind: 'pending', text: i18n.t('settings.signingIn') }
      const problem = await sendMessage('signIn').catch(interrupted)
      said.value = problem && { kind: 'problem', text: i18n.t(`problem.${problem}`) }
    },
    signOut: async () => {
      const problem = await sendMessage('signOut').catch(interrupted)
      said.value = problem
        ? { kind: 'problem', text: i18n.t(`problem.${problem}`) }
        : { kind: 'done', text: i18n.t('settings.signedOutNow') }
    },
  }
}
