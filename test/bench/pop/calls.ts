import { randomUUID } from 'node:crypto'
import { formatInstant, SECOND_MS } from '../../../shared/time.ts'
import { buildEnvelope, buildParty } from '../../support/notification.ts'
import { AGENT_EXTENSION_ID } from '../../support/streams.ts'

/** A call to the agent from somebody who never called before. */
export interface RingingCall {
  readonly callerName: string
  readonly ringing: string
  readonly ended: string
}

/**
 * By its own times the call ended more than a minute ago. The card of a finished call stays up for a minute, so this one goes
 * with its end, and the next call finds the page as the first one did.
 */
const RANG_AGO_MS = 90 * SECOND_MS
const ENDED_AGO_MS = 80 * SECOND_MS

let called = 0

export function createRingingCall(): RingingCall {
  called += 1
  const callerName = `Caller ${called}`
  const key = randomUUID().replaceAll('-', '')
  const nowMs = Date.now()
  const build = (sequence: number, agoMs: number, code: string) =>
    JSON.stringify(
      buildEnvelope({
        uuid: randomUUID(),
        event: `/restapi/v1.0/account/400100/extension/${AGENT_EXTENSION_ID}/telephony/sessions`,
        timestamp: formatInstant(nowMs),
        eventTime: formatInstant(nowMs - agoMs),
        sequence,
        telephonySessionId: `s-${key}`,
        parties: [
          buildParty({
            id: `p-${key}-2`,
            accountId: '400100',
            extensionId: AGENT_EXTENSION_ID,
            from: { phoneNumber: '+14085550123', name: callerName },
            to: { phoneNumber: '+14085550102', extensionId: AGENT_EXTENSION_ID },
            status: { code, rcc: false },
          }),
        ],
      }),
    )
  return {
    callerName,
    ringing: build(2, RANG_AGO_MS, 'Proceeding'),
    ended: build(3, ENDED_AGO_MS, 'Disconnected'),
  }
}
