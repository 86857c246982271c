import { useRef, useState } from 'preact/hooks'
import type { CallOutAnswer } from '../../lib/contract/call-actions.ts'
import { sendMessage } from '../../lib/contract/messages.ts'

/** A call to one number, as far as it has come. */
export interface CallingOut {
  /** `idle`: nobody has asked for it yet. */
  readonly state: CallOutAnswer | { readonly kind: 'idle' | 'asking' }
  /** One request for one click. `deviceId`: the phone that rings first, now that the person was asked. */
  call(deviceId?: string): Promise<void>
  /** The person does not choose a phone. */
  leave(): void
}

/** `to`: as the platform writes it. */
export function useCallOut(to: string): CallingOut {
  const [state, setState] = useState<CallingOut['state']>({ kind: 'idle' })
  const isAsking = useRef(false)
  return {
    state,
    call: async (deviceId) => {
      if (isAsking.current) return
      isAsking.current = true
      setState({ kind: 'asking' })
      const answer = await sendMessage('callOut', { to, deviceId }).catch(() => ({ kind: 'interrupted' }) as const)
      isAsking.current = false
      setState(answer)
    },
    leave: () => setState({ kind: 'idle' }),
  }
}
