import { selectServiceLevel } from '../../../shared/live/service-level.ts'
import type { QueueLive } from '../../../shared/live/types.ts'
import type { DirectoryQueue } from '../../../shared/protocol/http/directory.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import type { BoardAlertKind } from '../../lib/contract/board-notices.ts'
import type { BoardSettings } from '../../lib/settings/settings.ts'
import type { ExtensionRow, RuleNotice } from '../feed/contract.ts'
import type { FoundCall } from './find-call.ts'

/** Something of the account that somebody should look at now. */
export type BoardAlert = {
  readonly kind: BoardAlertKind
  /** The alert's identity while its cause lasts: an alert with a known id is not announced again. */
  readonly of: string
} & (
  | { readonly kind: 'hand' | 'hold'; readonly extensionId: string; readonly sinceMs: number }
  | { readonly kind: 'wait'; readonly queueId: string; readonly sinceMs: number }
  | { readonly kind: 'level'; readonly queueId: string; readonly share: number; readonly goal: number }
  | ({ readonly kind: 'important' } & CallOfAlert)
  | ({
      readonly kind: 'rule'
      readonly rule: string
      readonly text: string
      /** Whether it is for this person alone: then their worker has notified them. */
      readonly isOwn: boolean
    } & CallOfAlert)
)

interface CallOfAlert {
  readonly sinceMs: number
  readonly name: string | undefined
  readonly phoneNumber: string | undefined
  /** Where it is: in a queue, or at somebody's. */
  readonly queueId: string | undefined
  readonly extensionId: string | undefined
}

export interface AlertFacts {
  /** At least those whose hand is up, who keep somebody on hold, or whose phone rings. */
  readonly people: readonly ExtensionRow[]
  readonly queues: readonly QueueLive[]
  /** What rules have told. */
  readonly notices: readonly RuleNotice[]
  /** Where a call goes on; `undefined`: it does not. */
  readonly findCall: (telephonySessionId: string) => FoundCall | undefined
  readonly settingsOf: (queueId: string) => DirectoryQueue | undefined
  /** Whether a caller is one that the person calls important. */
  readonly isImportant: (phoneNumber: string) => boolean
  readonly settings: BoardSettings
  /** The platform's clock. */
  readonly nowMs: number
}

/** The fewest callers for a service level to mean anything: with fewer, a single caller decides it. */
export const MIN_COUNTED = 5

export function selectAlerts(facts: AlertFacts): readonly BoardAlert[] {
  const { settings } = facts
  return [
    ...(settings.handIsOn ? selectHands(facts) : []),
    ...(settings.ruleIsOn ? selectRuleAlerts(facts) : []),
    ...(settings.importantIsOn ? selectImportant(facts) : []),
    ...(settings.waitIsOn ? selectLongestWait(facts) : []),
    ...(settings.holdIsOn ? selectLongestHold(facts) : []),
    ...(settings.levelIsOn ? selectLevels(facts) : []),
  ]
}

function selectHands({ people }: AlertFacts): readonly BoardAlert[] {
  return people
    .flatMap(({ extensionId, handSinceMs }) =>
      handSinceMs === undefined
        ? []
        : [{ kind: 'hand' as const, of: `${extensionId} ${handSinceMs}`, extensionId, sinceMs: handSinceMs }],
    )
    .sort((a, b) => a.sinceMs - b.sinceMs)
}

/** Alerts of the account's rules, for as long as their calls go on. */
function selectRuleAlerts({ notices, findCall }: AlertFacts): readonly BoardAlert[] {
  return notices.flatMap(({ act, receivedMs: sinceMs }) => {
    const found = act.kind === 'alert' ? findCall(act.telephonySessionId) : undefined
    if (act.kind !== 'alert' || found === undefined) return []
    const { rule, text, telephonySessionId } = act
    const { caller, queueId, extensionId } = found
    const who = { name: caller.name, phoneNumber: act.caller ?? caller.phoneNumber }
    const isOwn = act.to !== 'watchers'
    return [
      { kind: 'rule', of: `${telephonySessionId} ${rule}`, rule, text, isOwn, sinceMs, ...who, queueId, extensionId },
    ]
  })
}

function selectLongestHold({ people, settings, nowMs }: AlertFacts): readonly BoardAlert[] {
  const held = people.flatMap(({ extensionId, calls }) =>
    calls.flatMap(({ telephonySessionId, holdingSinceMs }) =>
      holdingSinceMs === undefined
        ? []
        : [
            {
              kind: 'hold' as const,
              of: `${telephonySessionId} ${extensionId} ${holdingSinceMs}`,
              extensionId,
              sinceMs: holdingSinceMs,
            },
          ],
    ),
  )
  return selectLongest(held, settings.holdSeconds, nowMs)
}

function selectLongestWait({ queues, settings, nowMs }: AlertFacts): readonly BoardAlert[] {
  const waits = queues.flatMap(({ queueId, waiting }) => {
    const first = waiting[0]
    return first === undefined ? [] : [{ kind: 'wait' as const, of: first.partyId, queueId, sinceMs: first.sinceMs }]
  })
  return selectLongest(waits, settings.waitSeconds, nowMs)
}

function selectLongest<T extends { readonly sinceMs: number }>(
  all: readonly T[],
  afterSeconds: number,
  nowMs: number,
): readonly T[] {
  let longest: T | undefined
  for (const one of all) if (longest === undefined || one.sinceMs < longest.sinceMs) longest = one
  return longest !== undefined && nowMs - longest.sinceMs > afterSeconds * SECOND_MS ? [longest] : []
}

function selectLevels({ queues, settingsOf, settings }: AlertFacts): readonly BoardAlert[] {
  return queues.flatMap(({ queueId, today }) => {
    const rules = settingsOf(queueId)
    const level = selectServiceLevel(today, rules ?? {})
    const goal = (rules?.slaGoal ?? settings.levelGoalPercent) / 100
    if (level?.share === undefined || level.counted < MIN_COUNTED || level.share >= goal) return []
    return [{ kind: 'level' as const, of: queueId, queueId, share: level.share, goal }]
  })
}

/** Callers who are important and wait: one alert a call, wherever it rings. The alert of a queue's caller names the queue. */
function selectImportant({ people, queues, isImportant, settings, nowMs }: AlertFacts): readonly BoardAlert[] {
  const inQueues = queues.flatMap(({ queueId, waiting }) =>
    waiting.map(({ telephonySessionId, sinceMs, caller }) => ({
      ...{ telephonySessionId, sinceMs, counterpart: caller, queueId, extensionId: undefined },
    })),
  )
  const queued = new Set(inQueues.map(({ telephonySessionId }) => telephonySessionId))
  const atPeople = people.flatMap(({ extensionId, calls }) =>
    calls.flatMap(({ telephonySessionId, state, sinceMs, counterpart }) =>
      state === 'ringing' && !queued.has(telephonySessionId)
        ? [{ telephonySessionId, sinceMs, counterpart, queueId: undefined, extensionId }]
        : [],
    ),
  )
  const listed = new Set<string>()
  return [...inQueues, ...atPeople].flatMap(({ telephonySessionId, sinceMs, counterpart, queueId, extensionId }) => {
    const { name, phoneNumber } = counterpart
    if (phoneNumber === undefined || listed.has(telephonySessionId) || !isImportant(phoneNumber)) return []
    if (nowMs - sinceMs < settings.importantSeconds * SECOND_MS) return []
    listed.add(telephonySessionId)
    return [{ kind: 'important' as const, of: telephonySessionId, sinceMs, name, phoneNumber, queueId, extensionId }]
  })
}
