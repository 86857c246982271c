import { relayUrlSetting } from '../../lib/settings/settings.ts'
import { type SignInResult, type SignInRuntime, signInAt } from './sign-in.ts'

/** RingCentral's sign-in, in a window of its own. */
export interface SignInWindow {
  /** Opens it, and resolves when the person is through with it. */
  open(): Promise<SignInResult>
  isOpen(): boolean
}

export function createSignInWindow(runtime: SignInRuntime): SignInWindow {
  let isOpen = false
  return {
    open: async () => {
      const relayUrl = await relayUrlSetting.getValue()
      if (relayUrl === '') return { problem: 'noRelay' }
      isOpen = true
      return signInAt(relayUrl, runtime).finally(() => {
        isOpen = false
      })
    },
    isOpen: () => isOpen,
  }
}
