import fc from 'fast-check'
import { decodeNotification, type TelephonyNotification } from '../../shared/protocol/notification.ts'
import type { Notification } from '../platform/calls/notification.ts'

/**
 * What can happen to a good stream on its way. `at` and `to` are places in the stream as it is by then, counted round; `word`
 * and `time` garble one delivery of an event.
 */
export type Mutation =
  | { readonly kind: 'drop'; readonly at: number }
  | { readonly kind: 'repeat' | 'delay' | 'swap'; readonly at: number; readonly to: number }
  | { readonly kind: 'code' | 'reason' | 'time'; readonly at: number; readonly word: string }

/** A stream as it arrives in the end. */
export interface Mangled {
  /** In order of arrival, what can be decoded. */
  readonly events: readonly TelephonyNotification[]
  /** Numbers of the events, by their place in the good stream, that never arrived or were garbled once at least. */
  readonly harmed: ReadonlySet<number>
  /** Of those the ones that never arrived, not even garbled. */
  readonly lost: ReadonlySet<number>
}

interface Delivery {
  /** Place of the event in the good stream. */
  readonly origin: number
  readonly envelope: Notification
  readonly isGarbled: boolean
}

const PLACE = fc.nat(40)
const WORDS = [
  'Answered',
  'Disconnected',
  'Gone',
  'Hold',
  'Levitating',
  'SETUP',
  '',
  'AgentAnswered',
  'Supervising',
  'CallSwitch',
]
const TIMES = ['', 'yesterday', '2026-02-30T12:00:00.000Z', '1970-01-01T00:00:00.000Z', '2099-01-01T00:00:00.000Z']

/** None to eight mishaps. */
export function anyMutations(): fc.Arbitrary<readonly Mutation[]> {
  return fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('drop' as const), at: PLACE }),
      fc.record({ kind: fc.constantFrom('repeat' as const, 'delay' as const, 'swap' as const), at: PLACE, to: PLACE }),
      fc.record({
        kind: fc.constantFrom('code' as const, 'reason' as const),
        at: PLACE,
        word: fc.constantFrom(...WORDS),
      }),
      fc.record({ kind: fc.constant('time' as const), at: PLACE, word: fc.constantFrom(...TIMES) }),
    ),
    { maxLength: 8 },
  )
}

/** The stream after these mishaps, one after the other. */
export function mangle(stream: readonly Notification[], mutations: readonly Mutation[]): Mangled {
  let deliveries = stream.map((envelope, origin): Delivery => ({ origin, envelope, isGarbled: false }))
  for (const mutation of mutations) deliveries = mutate(deliveries, mutation)
  const arrived = deliveries.flatMap(({ origin, envelope, isGarbled }) => {
    const decoded = decodeNotification(envelope)
    return decoded.kind === 'telephony' ? [{ origin, isGarbled, event: decoded.notification }] : []
  })
  const origins = stream.map((_, origin) => origin)
  const whole = new Set(arrived.flatMap(({ origin, isGarbled }) => (isGarbled ? [] : origin)))
  const garbled = new Set(arrived.flatMap(({ origin, isGarbled }) => (isGarbled ? origin : [])))
  return {
    events: arrived.map(({ event }) => event),
    harmed: new Set(origins.filter((origin) => !whole.has(origin) || garbled.has(origin))),
    lost: new Set(origins.filter((origin) => !whole.has(origin) && !garbled.has(origin))),
  }
}

function mutate(deliveries: readonly Delivery[], mutation: Mutation): Delivery[] {
  const at = mutation.at % Math.max(1, deliveries.length)
  const chosen = deliveries[at]
  if (chosen === undefined) return [...deliveries]
  switch (mutation.kind) {
    case 'drop':
      return deliveries.toSpliced(at, 1)
    case 'repeat': {
      // A second subscription tells the same under another uuid.
      const again = {
        ...chosen,
        envelope: { ...chosen.envelope, uuid: `${chosen.envelope.uuid}0`, subscriptionId: 'second' },
      }
      return deliveries.toSpliced(mutation.to % (deliveries.length + 1), 0, again)
    }
    case 'delay': {
      const rest = deliveries.toSpliced(at, 1)
      return rest.toSpliced(at + (mutation.to % (rest.length - at + 1)), 0, chosen)
    }
    case 'swap': {
      const to = mutation.to % deliveries.length
      const other = deliveries[to] ?? chosen
      return deliveries.with(at, other).with(to, chosen)
    }
    default:
      return deliveries.with(at, { ...chosen, envelope: garble(chosen.envelope, mutation), isGarbled: true })
  }
}

function garble(
  envelope: Notification,
  { kind, word }: { readonly kind: string; readonly word: string },
): Notification {
  const { body } = envelope
  if (kind === 'time') return { ...envelope, body: { ...body, eventTime: word } }
  const parties = body.parties.map((party) => ({ ...party, status: { ...party.status, [kind]: word } }))
  return { ...envelope, body: { ...body, parties } }
}
