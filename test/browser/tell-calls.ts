import { buildEnvelope, buildParty } from '../support/notification.ts'
import type { Scene } from './scene.ts'

/** Calls of Bea's that are told to the relay as RingCentral would, a few states each. */

const BEA = '400102'
const ACCOUNT_EVENT = '/restapi/v1.0/account/400100/telephony/sessions'
/** When the states of a call that is told begin. */
const AFTER_MS = [0, 100, 3100]

export interface ToldCall {
  readonly telephonySessionId: string
  readonly direction: 'Inbound' | 'Outbound'
  readonly phoneNumber: string
  readonly name?: string
  readonly startedMs: number
}

/** A call from outside that rang three seconds and was given up. */
export function missCall(scene: Scene, call: Omit<ToldCall, 'direction'>): Promise<void> {
  return tellCall(scene, { ...call, direction: 'Inbound' }, ['Setup', 'Proceeding', 'Disconnected'])
}

/** A call in three states, a tenth of a second and three seconds after the first. */
export async function tellCall({ platform }: Scene, call: ToldCall, codes: readonly string[]): Promise<void> {
  const { telephonySessionId, direction, phoneNumber, name, startedMs } = call
  const [mine, other] = [{ extensionId: BEA }, { phoneNumber, ...(name !== undefined && { name }) }]
  const ends = direction === 'Inbound' ? { from: other, to: mine } : { from: mine, to: other }
  for (const [index, code] of codes.entries()) {
    const eventTime = new Date(startedMs + (AFTER_MS[index] ?? 0)).toISOString()
    const party = { extensionId: BEA, direction, ...ends, status: { code } }
    const parties = [buildParty({ id: `p-${telephonySessionId}-2`, ...party })]
    await platform.deliver({
      ...buildEnvelope({ telephonySessionId, sequence: 2 + index, eventTime, parties }),
      event: ACCOUNT_EVENT,
    })
  }
}
