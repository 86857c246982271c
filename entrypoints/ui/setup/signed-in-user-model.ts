import { type ReadonlySignal, signal } from '@preact/signals'
import { i18n } from '#i18n'
import type { User } from '../../../shared/protocol/wire.ts'
import { interrupted, type Status, sendMessage } from '../../lib/contract/messages.ts'
import type { Feedback } from './feedback.ts'

/** Who is signed in, and what came of signing in or out. */
export interface SignedInUserModel {
  readonly status: ReadonlySignal<Status | undefined>
  readonly feedback: ReadonlySignal<Feedback | undefined>
  signIn(): Promise<void>
  signOut(): Promise<void>
  /** The person who has just signed out and may want to leave nothing behind. */
  readonly left: ReadonlySignal<User | undefined>
  /** Wipes what is kept of them. */
  wipeLeft(): Promise<void>
}

export function createSignedInUserModel(status: ReadonlySignal<Status | undefined>): SignedInUserModel {
  const feedback = signal<Feedback>()
  const left = signal<User>()
  return {
    status,
    feedback,
    left,
    signIn: async () => {
      left.value = undefined
      // Requested at this moment because the person is present; Chrome decides without asking.
      void navigator.storage.persist()
      feedback.value = { kind: 'pending', text: i18n.t('settings.signingIn') }
      const problem = await sendMessage('signIn').catch(interrupted)
      feedback.value = problem && { kind: 'problem', text: i18n.t(`problem.${problem}`) }
    },
    signOut: async () => {
      const before = status.value?.user
      const problem = await sendMessage('signOut').catch(interrupted)
      feedback.value = problem
        ? { kind: 'problem', text: i18n.t(`problem.${problem}`) }
        : { kind: 'done', text: i18n.t('settings.signedOutNow') }
      if (problem === undefined) left.value = before
    },
    wipeLeft: async () => {
      if (left.value === undefined) return
      const { accountId, extensionId } = left.value
      feedback.value = { kind: 'pending', text: i18n.t('privacy.wiping') }
      const problem = await sendMessage('wipe', { accountId, extensionId }).catch(interrupted)
      if (problem === undefined) left.value = undefined
      feedback.value = problem
        ? { kind: 'problem', text: i18n.t('privacy.wipeFailed') }
        : { kind: 'done', text: i18n.t('privacy.wiped') }
    },
  }
}
