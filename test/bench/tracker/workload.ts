import { MINUTE_MS } from '../../../shared/time.ts'
import { createRandom } from '../../support/random.ts'
import { type CallPlan, type Change, listChanges } from './call-plan.ts'
import { createCallPlan } from './call-shapes.ts'
import { buildEnvelope, uuidOf } from './envelope.ts'

const STARTS_AT_MS = Date.UTC(2026, 5, 1, 8)
export const EVENTS_PER_MINUTE = 20_000
const INTERVAL_MS = MINUTE_MS / EVENTS_PER_MINUTE
const SEED = 3

/** When the event with this number, from 0, happens and arrives: ms since the epoch, platform's clock. */
export function workloadTimeMs(number: number): number {
  return STARTS_AT_MS + number * INTERVAL_MS
}

/**
 * Events, as JSON, of so many calls that go on at the same time, 20,000 a minute, in order, without end and always the same. First
 * each call begins; then a random one goes on, and one that is over makes room for another. How long a call lasts follows from that: a third
 * of a second with 10 of them, two minutes with 4,000.
 */
export function* createWorkload(liveCalls: number): Generator<string, never> {
  const random = createRandom(SEED)
  const live: LiveCall[] = []
  let begun = 0
  for (let events = 0; ; events += 1) {
    const index = events < liveCalls ? events : Math.floor(random() * liveCalls)
    let call = live[index]
    if (call === undefined || call.told === call.changes.length) {
      begun += 1
      call = beginCall(begun, random)
      live[index] = call
    }
    yield tellNext(call, events)
  }
}

interface LiveCall {
  readonly plan: CallPlan
  readonly changes: readonly Change[]
  /** How many of them have been told. */
  told: number
}

function beginCall(number: number, random: () => number): LiveCall {
  const plan = createCallPlan({ number, startsAtMs: 0, random })
  return { plan, changes: listChanges(plan), told: 0 }
}

/** The next change of a call, which happens now rather than when it was planned. */
function tellNext(call: LiveCall, number: number): string {
  const change = call.changes[call.told]
  if (change === undefined) throw new RangeError('a live call should have a change to tell, but has none left')
  call.told += 1
  const atMs = workloadTimeMs(number)
  const sending = { uuid: uuidOf(number), subscriptionId: 'subscription-1', madeAtMs: atMs }
  return JSON.stringify(buildEnvelope(call.plan, { ...change, atMs }, sending))
}
