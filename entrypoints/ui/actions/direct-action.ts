import type { ActionKind } from '../../../shared/call/action-kinds.ts'
import type { CallAction, OfferedActions } from '../../lib/contract/call-actions.ts'

/**
 * The action that one click on a button asks for; `undefined` where the person is asked something first: whom the call goes to, or
 * on which of their phones they take it.
 */
export function selectDirectAction(
  kind: ActionKind,
  { devices, isHoldingFirst }: Pick<OfferedActions, 'devices' | 'isHoldingFirst'>,
): CallAction | undefined {
  switch (kind) {
    case 'forward':
    case 'transfer':
    case 'askFirst':
      return undefined
    case 'answer':
    case 'pickUp': {
      const [first, ...others] = devices
      if (first === undefined || others.length > 0) return undefined
      return takeOn(kind, first.id, isHoldingFirst)
    }
    default:
      return { kind }
  }
}

/** To take a call on this phone; a call that is answered has the one that goes on put on hold first, where that was offered. */
export function takeOn(kind: 'answer' | 'pickUp', deviceId: string, isHoldingFirst: boolean): CallAction {
  return kind === 'answer' && isHoldingFirst ? { kind, deviceId, isHoldingFirst: true } : { kind, deviceId }
}
