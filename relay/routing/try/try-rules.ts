import { setImmediate } from 'node:timers/promises'
import { unreachable } from '../../../shared/assert.ts'
import { describeMoment } from '../../../shared/rules/evaluate.ts'
import { createRoutedCalls, type RoutedAct } from '../../../shared/rules/routed-calls.ts'
import type { Act, Destination, RuleBook } from '../../../shared/rules/rule.ts'
import type { KindOf } from '../../../shared/rules/ruled-leg.ts'
import { formatInstant, HOUR_MS } from '../../../shared/time.ts'
import { findPosition } from '../../calls/find-start.ts'
import type { EventLog } from '../../log/event-log.ts'
import { createRoutingFold, READ_BACK_MS } from '../engine/fold-routing.ts'

/** What rules would have done with the calls of the log. */
export interface TriedRules {
  /** IANA name, of the rules. */
  readonly timeZone: string
  /** Of the calls since then. */
  readonly since: string
  readonly rules: readonly TriedRule[]
}

export interface TriedRule {
  readonly name: string
  readonly hits: readonly TriedHit[]
}

export interface TriedHit {
  readonly telephonySessionId: string
  readonly at: string
  /** When in the call: `after 6 s of ringing`. */
  readonly moment: string
  /** Absent where it is withheld. */
  readonly caller?: string | undefined
  /** `forward to extension id 200009`. */
  readonly act: string
  /** The rule that came before this one, so that it would not have acted. */
  readonly first?: string | undefined
}

export interface TryRulesOptions {
  readonly log: Pick<EventLog, 'read' | 'readSession' | 'oldestPosition' | 'headPosition'>
  readonly book: RuleBook
  readonly kindOf: KindOf
  readonly sinceMs: number
  readonly untilMs: number
}

/** Whatever began by then has had its first acts when the time begins that is asked for. */
const WARM_UP_MS = HOUR_MS
/** So many are folded and evaluated in a few milliseconds. */
const READ_EVENTS = 50

/**
 * Goes through the log as it came in, on a clock that goes with it: also what becomes due between two events is due at its time. What
 * was really done with the calls does not count, and the calls go on as they did.
 */
export async function tryRules({ log, book, kindOf, sinceMs, untilMs }: TryRulesOptions): Promise<TriedRules> {
  const calls = createRoutedCalls({ book, kindOf, tellsLater: true })
  const follow = createRoutingFold({ log, calls, knowsActs: false })
  const acts: RoutedAct[] = []
  const actsFromMs = sinceMs - WARM_UP_MS
  let hasBegun = false

  function passUntil(endMs: number): void {
    if (!hasBegun) return
    for (let nextMs = calls.lookAgainMs; nextMs !== undefined && nextMs < endMs; nextMs = calls.lookAgainMs)
      acts.push(...calls.takeDue(nextMs))
  }

  const headPosition = log.headPosition
  let position = await findPosition(log, actsFromMs - READ_BACK_MS)
  while (position < headPosition) {
    const events = await log.read(position, Math.min(READ_EVENTS, headPosition - position))
    const last = events.at(-1)
    if (last === undefined) break
    for (const event of events) {
      passUntil(event.receivedAtMs)
      if (!hasBegun && event.receivedAtMs >= actsFromMs) {
        calls.begin(event.receivedAtMs)
        hasBegun = true
      }
      await follow(event)
      if (hasBegun) acts.push(...calls.takeDue(event.receivedAtMs))
    }
    calls.forget(last.receivedAtMs)
    position = last.position
    await setImmediate()
  }
  passUntil(untilMs)
  return {
    timeZone: book.timeZone,
    since: formatInstant(sinceMs),
    rules: describeHits(
      book,
      acts.filter(({ atMs }) => atMs >= sinceMs),
    ),
  }
}

function describeHits(book: RuleBook, acts: readonly RoutedAct[]): readonly TriedRule[] {
  const byRule = Map.groupBy(acts, ({ rule }) => rule.name)
  return book.rules.map(({ name }) => ({ name, hits: (byRule.get(name) ?? []).map(describeHit) }))
}

function describeHit({ leg, atMs, act, first }: RoutedAct): TriedHit {
  const { telephonySessionId, caller } = leg
  return {
    telephonySessionId,
    at: formatInstant(atMs),
    moment: describeMoment(leg, atMs),
    ...(caller !== undefined && { caller }),
    act: describeAct(act),
    ...(first !== undefined && { first }),
  }
}

function describeAct(act: Act): string {
  switch (act.kind) {
    case 'forward':
    case 'transfer':
      return `${act.kind} to ${describeDestination(act.to)}`
    case 'reply':
      return `reply "${act.text}"`
    case 'alert':
      return `alert ${act.to === 'watchers' ? 'who watches' : `extension id ${act.to}`}: "${act.text}"`
    case 'supervise':
      return `put device ${act.deviceId} on the call`
    default:
      return unreachable(act)
  }
}

function describeDestination(to: Destination): string {
  if ('extensionId' in to) return `extension id ${to.extensionId}`
  if ('extensionNumber' in to) return `extension ${to.extensionNumber}`
  if ('phoneNumber' in to) return to.phoneNumber
  return `the voicemail of extension id ${to.voicemail}`
}
