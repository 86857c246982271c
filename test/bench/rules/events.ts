import { randomUUID } from 'node:crypto'
import { formatInstant, SECOND_MS } from '../../../shared/time.ts'
import { createCrowd } from '../../platform/busy/crowd.ts'
import type { Happening } from '../../platform/calls/notification.ts'
import { ACCOUNT } from '../../platform/people.ts'
import { buildEnvelope, buildParty } from '../../support/notification.ts'
import { RULED } from './company.ts'
import { listedNumber } from './rule-file.ts'

/** One event of a round, which can be delivered at any time. */
export interface Delivery {
  /** When it is due, in ms from the round's beginning. */
  readonly offsetMs: number
  /** The session that is to be forwarded because of it. */
  readonly forwarded: string | undefined
  /** As RingCentral posts it, when the round began at this moment of the crowd's clock and of the real one. */
  write(beganMs: number): string
}

export interface EventSource {
  /** The events that lead to the calls which go on. */
  readonly opening: readonly Delivery[]
  nextRound(ms: number): readonly Delivery[]
}

const EVENTS_PER_SECOND = 300
const FORWARDS_PER_SECOND = 15
/** Longer than the relay would ever need. */
const RINGS_MS = 3 * SECOND_MS

/** An account that is always equally full; fifteen times a second a customer of the list calls somebody whose calls are forwarded. */
export function createEventSource(liveCalls: number): EventSource {
  // Of each call that is forwarded, two events are told.
  const eventsPerSecond = EVENTS_PER_SECOND - 2 * FORWARDS_PER_SECOND
  const crowd = createCrowd({ seed: 15, startMs: Date.now(), liveCalls, eventsPerSecond })
  let customers = 0
  const openedMs = crowd.nowMs()
  return {
    opening: crowd.opening.map((happening) => ofCrowd(happening, 0, openedMs)),
    nextRound(ms) {
      const fromMs = crowd.nowMs()
      const happenings = crowd.next(ms)
      const others = happenings.map((happening, index) => ofCrowd(happening, (index * ms) / happenings.length, fromMs))
      const forwards = Array.from({ length: Math.floor((ms * FORWARDS_PER_SECOND) / SECOND_MS) }, (_, index) =>
        callOfCustomer(customers++, (index * SECOND_MS) / FORWARDS_PER_SECOND),
      )
      return [...others, ...forwards.flat()].sort((a, b) => a.offsetMs - b.offsetMs)
    },
  }
}

function ofCrowd(happening: Happening, offsetMs: number, fromMs: number): Delivery {
  const uuid = randomUUID()
  return {
    offsetMs,
    forwarded: undefined,
    write(beganMs) {
      const shift = (time: string) => formatInstant(Date.parse(time) - fromMs + beganMs)
      const { event, timestamp, body } = happening
      const shifted = { ...body, eventTime: shift(body.eventTime) }
      return JSON.stringify({ uuid, event, timestamp: shift(timestamp), ownerId: OWNER_ID, body: shifted })
    },
  }
}

/** A phone rings, and after a while does so no more. */
function callOfCustomer(index: number, offsetMs: number): readonly Delivery[] {
  const telephonySessionId = `s-${randomUUID()}`
  const { extensionId, phoneNumber } = RULED[index % RULED.length] ?? {}
  const tell = (sequence: number, code: string, atMs: number, forwarded?: string): Delivery => ({
    offsetMs: atMs,
    forwarded,
    write: (beganMs) =>
      JSON.stringify(
        buildEnvelope({
          uuid: randomUUID(),
          event: `/restapi/v1.0/account/${ACCOUNT.id}/extension/${extensionId}/telephony/sessions`,
          eventTime: formatInstant(beganMs + atMs),
          sequence,
          telephonySessionId,
          parties: [
            buildParty({
              id: `${telephonySessionId.replace('s-', 'p-')}-2`,
              accountId: ACCOUNT.id,
              extensionId,
              from: { phoneNumber: listedNumber(index) },
              to: { phoneNumber, extensionId },
              status: { code, rcc: false },
            }),
          ],
        }),
      ),
  })
  return [tell(2, 'Proceeding', offsetMs, telephonySessionId), tell(3, 'Disconnected', offsetMs + RINGS_MS)]
}

const OWNER_ID = '400109'
