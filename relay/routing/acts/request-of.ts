import { unreachable } from '../../../shared/assert.ts'
import type { Act } from '../../../shared/rules/rule.ts'
import type { ActOrder } from '../act-order.ts'

/** What RingCentral is asked for an act. */
export interface ActRequest {
  readonly method: 'POST'
  /** Below the account, from the slash on. */
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
}

/** `undefined` for an alert, which needs nothing of RingCentral. */
export function requestOf({ act, telephonySessionId, partyId, agentId }: ActOrder): ActRequest | undefined {
  const session = `/telephony/sessions/${encodeURIComponent(telephonySessionId)}`
  const leg = `${session}/parties/${encodeURIComponent(partyId)}`
  switch (act.kind) {
    case 'forward':
    case 'transfer':
      return post(`${leg}/${act.kind}`, { ...act.to })
    case 'reply':
      return post(`${leg}/reply`, { replyWithText: act.text })
    case 'supervise':
      // Nobody is there to pick up the device of a program.
      // RingCentral gives each side a channel where a party is supervised, and one to both where the session is.
      return post(`${act.channels === 2 ? leg : session}/supervise`, {
        mode: 'Listen',
        supervisorDeviceId: act.deviceId,
        agentExtensionId: agentId,
        autoAnswer: true,
      })
    case 'alert':
      return undefined
    default:
      return unreachable(act)
  }
}

/**
 * RingCentral tells the leg of some queues as answered while the caller waits in them, and then takes it for connected: the same
 * by that name. `undefined` for what has no other name.
 */
export function otherRequestOf(order: ActOrder): ActRequest | undefined {
  return order.act.kind === 'forward' ? requestOf({ ...order, act: { ...order.act, kind: 'transfer' } }) : undefined
}

function post(path: string, body: ActRequest['body']): ActRequest {
  return { method: 'POST', path, body }
}

/** The fields of a record that tell what is done. */
export function describeAct(act: Act) {
  switch (act.kind) {
    case 'forward':
    case 'transfer':
      return { act: act.kind, to: act.to }
    case 'reply':
      return { act: act.kind, text: act.text }
    case 'alert':
      return {
        act: act.kind,
        to: act.to === 'watchers' ? ('watchers' as const) : { extensionId: act.to },
        text: act.text,
      }
    case 'supervise':
      return { act: act.kind, deviceId: act.deviceId }
    default:
      return unreachable(act)
  }
}
