import fc from 'fast-check'
import type { TelephonyNotification } from '../../shared/protocol/notification.ts'
import { decodeStatus, type SessionStatus } from '../../shared/protocol/status.ts'
import { REASONS, STATUS_CODES } from '../../shared/protocol/status-codes.ts'
import { type CallPlan, listChanges } from '../bench/tracker/call-plan.ts'
import { CALL_SHAPES, type CallShape, createCallPlan } from '../bench/tracker/call-shapes.ts'
import { buildEnvelope as tellChange, uuidOf } from '../bench/tracker/envelope.ts'
import type { Notification } from '../platform/calls/notification.ts'
import { at, buildEnvelope, buildParty, decode } from './notification.ts'
import { createRandom } from './random.ts'

/**
 * Calls that nobody thought of, for properties. There are two kinds: planned ones, which are sensible and of which the truth is
 * known, and wild ones, in which any party may say anything at any time.
 */

/** A call as it really went, and the events that tell of it in the platform's order. */
export interface PlannedCall {
  readonly plan: CallPlan
  readonly envelopes: readonly Notification[]
  readonly events: readonly TelephonyNotification[]
}

/** A sensible call of any shape, two minutes after noon at the earliest. */
export function plannedCall(): fc.Arbitrary<PlannedCall> {
  return fc
    .record({
      shape: fc.constantFrom(...(Object.keys(CALL_SHAPES) as CallShape[])),
      number: fc.integer({ min: 1, max: 9_999 }),
      seed: fc.nat(),
    })
    .map(({ shape, number, seed }) => planCall(number, seed, shape))
}

/** The same arguments give the same call. */
export function planCall(number: number, seed: number, shape?: CallShape): PlannedCall {
  const plan = createCallPlan({ number, startsAtMs: STARTS_AT_MS, random: createRandom(seed) }, shape)
  const envelopes = listChanges(plan).map((change): Notification => {
    const sending = {
      uuid: uuidOf(number * 1000 + change.sequence),
      subscriptionId: 'subscription-1',
      madeAtMs: change.atMs + 20,
    }
    return JSON.parse(JSON.stringify(tellChange(plan, change, sending)))
  })
  return { plan, envelopes, events: envelopes.map(decode) }
}

const STARTS_AT_MS = Date.UTC(2026, 5, 1, 12, 2)

/** Any state that a platform may tell, and two that it does not tell yet. */
const ANY_CODE = fc.constantFrom(...STATUS_CODES, 'Levitating', 'answered', 'VMScreening')
/** Any reason, or none. */
const ANY_REASON = fc.option(fc.constantFrom(...REASONS, 'Whim'), { nil: undefined, freq: 1 })
/** Reasons that say nothing of what the party is in its call. */
export const PLAIN_REASON = fc.constantFrom(
  undefined,
  'NoAnswer',
  'BlindTransfer',
  'Rejected',
  'CallSwitch',
  'TargetBusy',
)

export interface WildOptions {
  /** Numbers without repetition and times that never go backwards, whatever the party. */
  readonly isOrdered: boolean
  readonly reason: fc.Arbitrary<string | undefined>
}

/** One to fourteen events of up to two sessions, by sequence. */
export function wildEvents(options: Partial<WildOptions> = {}): fc.Arbitrary<readonly TelephonyNotification[]> {
  const { isOrdered = false, reason = ANY_REASON } = options
  const event = fc.record({
    session: fc.constantFrom('s-1', 's-1', 's-1', 's-2'),
    sequence: fc.integer({ min: 2, max: 12 }),
    ms: fc.integer({ min: 0, max: 30 }).map((tenths) => tenths * 100),
    uuid: fc.nat(5),
    parties: fc.array(wildParty(reason), { minLength: 0, maxLength: 2 }),
  })
  return fc.array(event, { minLength: 1, maxLength: 14 }).map((events) => {
    const times = events.map(({ ms }) => ms).sort((a, b) => a - b)
    return events.map(({ session, sequence, ms, uuid, parties }, index) =>
      decode(
        buildEnvelope({
          uuid: String(uuid),
          telephonySessionId: session,
          sequence: isOrdered ? index + 2 : sequence,
          eventTime: at(isOrdered ? (times[index] ?? ms) : ms),
          parties: parties.map(({ id, ...fields }) => buildParty({ id: `${session}-${id}`, ...fields })),
        }),
      ),
    )
  })
}

/** Who the parties of a wild call are. Two of them are mine; the tenth comes after the others however it is spelled. */
const WILD_CAST = [
  { id: 1, direction: 'Outbound', extensionId: undefined },
  { id: 2, direction: 'Inbound', extensionId: '200' },
  { id: 3, direction: 'Inbound', extensionId: '300' },
  { id: 10, direction: 'Inbound', extensionId: '200' },
] as const

function wildParty(reason: fc.Arbitrary<string | undefined>) {
  return fc
    .record({
      who: fc.constantFrom(...WILD_CAST),
      code: ANY_CODE,
      reason,
      name: fc.constantFrom(undefined, 'Ada Winter', 'Grace Okonkwo'),
      goesTo: fc.constantFrom('s-1', 's-2', undefined),
    })
    .map(({ who, code, reason, name, goesTo }) => ({
      ...who,
      from: { phoneNumber: '+14085550123', name },
      status: {
        code,
        reason,
        ...(code === 'Gone' && goesTo && { peerId: { telephonySessionId: goesTo, partyId: `${goesTo}-3` } }),
      },
    }))
}

/** Answers to status requests about the sessions of these events, at moments on and beside those of the events. */
export function anyAnswers(
  events: readonly TelephonyNotification[],
  maxLength = 4,
): fc.Arbitrary<readonly SessionStatus[]> {
  return fc.array(
    fc.constantFrom(...events).chain((about) => anyAnswer(about, events)),
    { maxLength },
  )
}

function anyAnswer(
  { telephonySessionId }: TelephonyNotification,
  events: readonly TelephonyNotification[],
): fc.Arbitrary<SessionStatus> {
  const own = events.filter((event) => event.telephonySessionId === telephonySessionId)
  const parties = new Map(own.flatMap((event) => event.parties).map((party) => [party.id, party]))
  const ids = [...parties.keys(), `${telephonySessionId}-4`]
  return fc
    .record({
      timeMs: fc.constantFrom(...own.map(({ eventTimeMs }) => eventTimeMs)),
      shiftMs: fc.constantFrom(-1, 0, 1, 50, 5_000),
      found: fc.constantFrom(true, true, true, false),
      codes: fc.uniqueArray(fc.tuple(fc.constantFrom(...ids), ANY_CODE), { selector: ([id]) => id }),
    })
    .map(({ timeMs, shiftMs, found, codes }) =>
      answer(
        telephonySessionId,
        timeMs + shiftMs,
        found
          ? codes.map(([id, code]) => {
              const { direction = 'Inbound', extensionId = undefined } = parties.get(id) ?? {}
              return buildParty({ id, direction, extensionId, status: { code } })
            })
          : undefined,
      ),
    )
}

/** The platform's answer about a session: these parties, in the raw shape, or that it no longer knows it. */
export function answer(
  telephonySessionId: string,
  asOfMs: number,
  parties: readonly unknown[] | undefined,
): SessionStatus {
  return decodeAnswer({
    telephonySessionId,
    asOf: new Date(asOfMs).toISOString(),
    found: parties !== undefined,
    ...(parties && { session: { parties } }),
  })
}

export function decodeAnswer(raw: unknown): SessionStatus {
  const decoded = decodeStatus(raw)
  if (decoded.kind !== 'status') throw new Error(`not an answer: ${JSON.stringify(decoded)}`)
  return decoded.status
}
