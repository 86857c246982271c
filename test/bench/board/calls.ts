import { formatInstant } from '../../../shared/time.ts'
import { buildEnvelope, buildParty } from '../../support/notification.ts'

/** An account in which everybody is on the phone, and in which calls are held and taken back. */
export interface BusyCalls {
  /** The relay's answer to a board. */
  readonly snapshot: string
  readonly head: number
  /** Holds the call of somebody, or takes it back: the event as the stream has it, and what a board calls the state then. */
  toggle(index: number): { readonly event: LoggedEvent; readonly state: string }
}

export interface LoggedEvent {
  readonly position: number
  readonly receivedAt: string
  readonly notification: unknown
}

export const LIVE_CALLS = 4000

export const extensionIdOf = (index: number): string => String(500_000 + index)

export function createBusyCalls(nowMs: number): BusyCalls {
  const begunMs = nowMs - 60_000
  let head = 0
  const held = new Set<number>()
  const told = new Map<number, number>()

  function log(index: number, code: string, atMs: number): LoggedEvent {
    const sequence = (told.get(index) ?? 0) + 1
    told.set(index, sequence)
    head += 1
    return { position: head, receivedAt: formatInstant(atMs), notification: writeCall(index, sequence, code, atMs) }
  }

  const indexes = Array.from({ length: LIVE_CALLS }, (_, index) => index)
  const events = indexes.flatMap((index) => [
    log(index, 'Proceeding', begunMs + index),
    log(index, 'Answered', begunMs + 5000 + index),
  ])
  const people = indexes.map((index) => [extensionIdOf(index), { name: nameOf(index), type: 'User' }] as const)
  const snapshot = JSON.stringify({
    ...{ epoch: 'e', position: head, now: formatInstant(nowMs), timeZone: 'UTC', events },
    today: { since: formatInstant(begunMs - 3_600_000), extensions: {}, queues: {} },
    ...{ people: Object.fromEntries(people), queues: {} },
  })
  return {
    snapshot,
    get head() {
      return head
    },
    toggle(index) {
      const isHeld = !held.delete(index)
      if (isHeld) held.add(index)
      const event = log(index, isHeld ? 'Hold' : 'Answered', Date.now())
      return { event, state: isHeld ? 'On hold' : 'Talking' }
    },
  }
}

/** In the order of the alphabet as in that of numbers. */
function nameOf(index: number): string {
  return `Agent ${String(index).padStart(5, '0')}`
}

function writeCall(index: number, sequence: number, code: string, atMs: number): unknown {
  const extensionId = extensionIdOf(index)
  return buildEnvelope({
    uuid: `u-${index}-${sequence}`,
    event: '/restapi/v1.0/account/400100/telephony/sessions',
    timestamp: formatInstant(atMs),
    eventTime: formatInstant(atMs),
    sequence,
    telephonySessionId: `s-${index}`,
    parties: [
      buildParty({
        id: `p-${index}-1`,
        accountId: '400100',
        extensionId,
        from: { phoneNumber: `+1408555${String(index).padStart(4, '0')}`, name: `Caller ${index}` },
        to: { phoneNumber: '+18005550100', extensionId, name: nameOf(index) },
        status: { code, rcc: false },
      }),
    ],
  })
}
