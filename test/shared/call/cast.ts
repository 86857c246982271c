import type { Call, Leg } from '../../../shared/call/state.ts'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import type { StepFields } from '../../support/notification.ts'
import { trackAll } from '../../support/track-all.ts'

/** The people of the built calls. Each is the party of one leg; `mine` is the extension that a view is asked for. */

export const MY_EXTENSION_ID = '200'

/** Somebody outside who calls. */
export const caller: StepFields = { id: 'p-1', direction: 'Outbound', extensionId: undefined }
export const mine: StepFields = { id: 'p-2', direction: 'Inbound', extensionId: MY_EXTENSION_ID }
export const colleague: StepFields = { id: 'p-3', direction: 'Inbound', extensionId: '300' }

/** The same in a call of mine: I call, and somebody outside or a colleague is called. */
export const meCalling: StepFields = { id: 'p-1', direction: 'Outbound', extensionId: MY_EXTENSION_ID }
export const outsider: StepFields = { id: 'p-2', direction: 'Inbound', extensionId: undefined }

/** What events of one session add up to. */
export function callOf(...notifications: readonly TelephonyNotification[]): Call {
  return trackAll('s-1', notifications).call
}

/** The only leg of such a call. */
export function onlyLegOf(...notifications: readonly TelephonyNotification[]): Leg {
  const { legs } = callOf(...notifications)
  const [leg] = legs
  if (leg === undefined || legs.length > 1) throw new Error(`the call should have one leg, but has ${legs.length}`)
  return leg
}

/** A leg by the id of its party. */
export function legOf(call: Call, id: unknown): Leg {
  const leg = call.legs.find((candidate) => candidate.id === id)
  if (leg === undefined) throw new Error(`the call should have a leg ${id}`)
  return leg
}
