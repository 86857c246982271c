import { selectDay } from '../../../shared/live/day.ts'
import type { ActRecord, ActTarget } from '../../../shared/protocol/act.ts'
import type { RuleHit, RuleStanding } from '../../../shared/protocol/http/routing.ts'
import { parseActId } from '../../../shared/rules/act-id.ts'
import type { RoutedAct } from '../../../shared/rules/routed-calls.ts'
import type { Rule } from '../../../shared/rules/rule.ts'
import { formatInstant } from '../../../shared/time.ts'
import { describeAct } from '../acts/request-of.ts'

/** What each rule did today, and what a dry one would have done since the relay was started. */
export interface RuleHits {
  /** Takes in what the log tells of an act. */
  note(record: ActRecord, receivedMs: number): void
  /** A dry rule would have acted. */
  noteSaid(act: RoutedAct): void
  describe(rules: readonly Rule[], nowMs: number): readonly RuleStanding[]
}

/** Those that are shown; of the others only the number is known. */
const KEPT_HITS = 100

interface OfRule {
  /** By what is the same for all attempts, the latest last. */
  readonly hits: Map<string, RuleHit>
  /** Intended, without an answer yet. */
  readonly open: Set<string>
  count: number
  lastRefusal: RuleHit | undefined
}

/** `timeZone`: tells the IANA name of where the day begins. */
export function createRuleHits(timeZone: () => string): RuleHits {
  const rules = new Map<string, OfRule>()
  let untilMs = Number.NEGATIVE_INFINITY

  function passTime(nowMs: number): void {
    if (nowMs < untilMs) return
    rules.clear()
    untilMs = selectDay(nowMs, timeZone()).untilMs
  }

  function of(name: string): OfRule {
    const known = rules.get(name)
    if (known !== undefined) return known
    const own: OfRule = { hits: new Map(), open: new Set(), count: 0, lastRefusal: undefined }
    rules.set(name, own)
    return own
  }

  return {
    note(record, receivedMs) {
      const parts = parseActId(record.actId)
      if (parts === undefined || !('rule' in record.by)) return
      passTime(receivedMs)
      const own = of(record.by.rule)
      // All attempts are one hit.
      const key = `${parts.entry} ${parts.callId}`
      const known = own.hits.get(key)
      const isNew = parts.attempt === 1 && known === undefined && !own.open.has(key)
      if (isNew) own.count++
      if (record.step === 'intended') own.open.add(key)
      else own.open.delete(key)
      // What came of it is told of the hit where it stands.
      const at = known?.at ?? formatInstant(receivedMs)
      const hit = describeRecord(record, at)
      if (isNew || known !== undefined) keep(own, key, hit)
      if (hit.outcome === 'refused' || hit.outcome === 'failed') own.lastRefusal = hit
    },
    noteSaid({ rule, entry, act, leg, callId, atMs }) {
      passTime(atMs)
      const own = of(rule.name)
      own.count++
      const { telephonySessionId, caller } = leg
      keep(own, `${entry} ${callId}`, {
        telephonySessionId,
        at: formatInstant(atMs),
        ...(caller !== undefined && { caller }),
        ...describeDone(describeAct(act)),
        outcome: 'dry',
      })
    },
    describe(all, nowMs) {
      passTime(nowMs)
      return all.map(({ name, isDry }) => {
        const { hits, count, lastRefusal } = rules.get(name) ?? NO_HITS
        const latestFirst = [...hits.values()].reverse()
        return { name, isDry, hits: latestFirst, hitsToday: count, ...(lastRefusal !== undefined && { lastRefusal }) }
      })
    },
  }
}

const NO_HITS = { hits: new Map<string, RuleHit>(), count: 0, lastRefusal: undefined }

function keep({ hits }: OfRule, key: string, hit: RuleHit): void {
  hits.set(key, hit)
  const oldest = hits.keys().next().value
  if (hits.size > KEPT_HITS && oldest !== undefined) hits.delete(oldest)
}

/** Intended is unknown until its answer is there. */
function describeRecord(record: ActRecord, at: string): RuleHit {
  const { telephonySessionId, caller } = record
  return {
    telephonySessionId,
    at,
    ...(caller !== undefined && { caller }),
    ...describeDone(record),
    ...(record.step === 'answered'
      ? { outcome: record.outcome, ...(record.words !== undefined && { words: record.words }) }
      : { outcome: 'unknown' as const }),
  }
}

function describeDone({
  act,
  to,
  text,
}: {
  readonly act: string
  readonly to?: ActTarget | undefined
  readonly text?: string | undefined
}): Pick<RuleHit, 'act' | 'to' | 'text'> {
  return { act, ...(to !== undefined && { to }), ...(text !== undefined && { text }) }
}
