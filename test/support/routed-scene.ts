import fc from 'fast-check'
import { decodeNotification, type TelephonyNotification } from '../../shared/protocol/notification.ts'
import type { Conditions, RuleBook } from '../../shared/rules/rule.ts'
import type { KindOf } from '../../shared/rules/ruled-leg.ts'
import { formatInstant, SECOND_MS } from '../../shared/time.ts'
import { planCall } from './random-calls.ts'
import { ALERT, buildBook, buildRule, buildWindow, FORWARD, listPattern, REPLY, SUPERVISE, TRANSFER } from './rules.ts'
import { loadNotifications, STREAM_NAMES } from './streams.ts'
import { ALL_SCENARIOS } from './tied-scenarios.ts'
import { buildTiedSessions } from './tied-sessions.ts'

/** Calls of a company as they arrive, and rules that may act on them, for properties of what rules do. */

/** An event on its way: which, and when it is received, ms since the epoch. */
export interface Arrival {
  readonly envelope: unknown
  readonly event: TelephonyNotification
  readonly receivedMs: number
}

export const SCENE_START_MS = Date.UTC(2026, 2, 2, 10)

/** What the company's directory says; of the agents whose extension ids end in 3 it knows nothing. */
export const kindInScene: KindOf = (id) => {
  if (id === '400180' || id === '400195') return 'queue'
  if (id === '400190' || id === '400191') return 'machine'
  return id.endsWith('3') ? undefined : 'person'
}

/** Up to five calls within some seconds; events late, early, repeated. */
export function anyArrivals(): fc.Arbitrary<readonly Arrival[]> {
  const call = fc.oneof(
    { weight: 3, arbitrary: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.nat(4), fc.nat()).map(planEnvelopes) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...STREAM_NAMES).map((name): readonly unknown[] => loadNotifications(name)),
    },
    { weight: 1, arbitrary: fc.constantFrom(...ALL_SCENARIOS).map(([, tied]) => buildTiedSessions(tied)) },
  )
  const begun = fc
    .record({ envelopes: call, startS: fc.nat(20), backlogMs: fc.constantFrom(0, 0, 0, 40_000) })
    .chain(({ envelopes, startS, backlogMs }) =>
      anyWay(moveTo(envelopes, SCENE_START_MS + startS * SECOND_MS), backlogMs),
    )
  return fc
    .array(begun, { minLength: 1, maxLength: 5 })
    .map((calls) => calls.flat().sort((a, b) => a.receivedMs - b.receivedMs))
}

/** Two callers, each several times: the number of a call ends in that of its caller. */
function planEnvelopes([caller, nth, seed]: readonly [number, number, number]): readonly unknown[] {
  return planCall(caller + 10_000 * nth, seed).envelopes
}

function moveTo(envelopes: readonly unknown[], startMs: number): readonly unknown[] {
  const read = envelopes as readonly { readonly timestamp: string; readonly body: { readonly eventTime: string } }[]
  const byMs = startMs - Math.min(...read.map(({ body }) => Date.parse(body.eventTime)))
  const move = (time: string) => formatInstant(Date.parse(time) + byMs)
  return read.map((envelope) => ({
    ...envelope,
    timestamp: move(envelope.timestamp),
    body: { ...envelope.body, eventTime: move(envelope.body.eventTime) },
  }))
}

/**
 * Most events take a moment on their way, some seconds, a few longer than what still counts; some come twice, some never. `backlogMs`: by so
 * much all are late.
 */
function anyWay(envelopes: readonly unknown[], backlogMs: number): fc.Arbitrary<readonly Arrival[]> {
  const delayMs = fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: 20, max: 90 }) },
    { weight: 2, arbitrary: fc.integer({ min: 100, max: 9000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 25_000, max: 90_000 }) },
  )
  const way = fc.oneof(
    { weight: 8, arbitrary: delayMs.map((ms) => [ms]) },
    { weight: 2, arbitrary: fc.array(delayMs, { maxLength: 2, size: 'max' }) },
  )
  return fc
    .array(way, { minLength: envelopes.length, maxLength: envelopes.length })
    .map((ways) =>
      envelopes.flatMap((envelope, at) => (ways[at] ?? []).map((ms) => describeArrival(envelope, ms + backlogMs))),
    )
}

function describeArrival(envelope: unknown, delayMs: number): Arrival {
  const decoded = decodeNotification(envelope)
  if (decoded.kind !== 'telephony') throw new Error('an arrival should be a telephony event')
  return { envelope, event: decoded.notification, receivedMs: decoded.notification.eventTimeMs + delayMs }
}

/** One to five rules. */
export function anyBook(): fc.Arbitrary<RuleBook> {
  const when = fc.record<Conditions>(
    {
      caller: fc.constantFrom(
        [{ kind: 'prefix', e164: '+1' } as const],
        [listPattern(['+12025550001', '+14085550123'])],
        [{ kind: 'withheld' } as const],
      ),
      extensionIds: fc.constantFrom(new Set(['400102', '400103']), new Set(['400104'])),
      queueIds: fc.constant(new Set(['400180', '400195'])),
      ringingForMs: fc.constantFrom(0, 1500, 4000),
      callsToday: fc.constantFrom(1, 2, 3),
      times: fc.constantFrom([buildWindow('10:00', '10:01')], [buildWindow('10:01', '12:00')]),
    },
    { requiredKeys: [] },
  )
  const rule = fc.record({
    when,
    acts: fc.array(fc.constantFrom(FORWARD, TRANSFER, REPLY, ALERT, SUPERVISE), { minLength: 1, maxLength: 3 }),
    goOn: fc.boolean(),
    isDry: fc.integer({ min: 0, max: 3 }).map((one) => one === 0),
  })
  return fc
    .array(rule, { minLength: 1, maxLength: 5 })
    .map((rules) => buildBook(rules.map((fields, at) => buildRule({ ...fields, name: `rule ${at + 1}` }))))
}
