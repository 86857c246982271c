import type { ActNotice } from '../../../shared/protocol/act.ts'
import type { LogEvent } from '../../../shared/protocol/wire.ts'
import { DAY_MS } from '../../../shared/time.ts'
import type { ReadableStore } from '../../lib/store/open.ts'
import { readRuleNoticesSince } from '../../lib/store/rule-notices.ts'
import type { CallRow, StoredRuleNotice } from '../../lib/store/schema.ts'
import type { TrackedRows } from './tracked-rows.ts'

/** What a rule told of a call, and when the relay had it. */
export interface ReceivedNotice {
  readonly act: ActNotice
  /** Ms since the epoch, relay's clock. */
  readonly receivedMs: number
}

export function selectNotices(events: readonly LogEvent[]): readonly ReceivedNotice[] {
  return events.flatMap((event) =>
    'act' in event ? [{ act: event.act, receivedMs: Date.parse(event.receivedAt) }] : [],
  )
}

/**
 * What rules have told the person: that a call was sent to them, or on from their phone, and alerts. A notice stands beside the rows, because it may come
 * before its call does, or of a call that never becomes theirs.
 */
export interface RuleNotices {
  /** Reads back what may still be of use. `nowMs`, here and below: relay's clock. */
  load(nowMs: number): Promise<void>
  /** Takes in what came, and answers with what is to be written of it. */
  take(received: readonly ReceivedNotice[]): readonly StoredRuleNotice[]
  /** Of a call, by the session that it began in and the one that it goes on in. */
  of(row: Pick<CallRow, 'telephonySessionId' | 'currentSessionId'>): readonly StoredRuleNotice[]
  /** Alerts that the person has not put away and whose call is not over as far as is known, the latest first. */
  alerts(): readonly StoredRuleNotice[]
  /** Ends alerts: the one that was put away, or all whose call is over. Answers with what is to be written. */
  end(isOver: (alert: StoredRuleNotice) => boolean): readonly StoredRuleNotice[]
  letGo(nowMs: number): void
}

export function createRuleNotices(store: ReadableStore, extensionId: string): RuleNotices {
  const notices = new Map<string, StoredRuleNotice>()

  /** Sent again, by a relay that was told an older place, it is what it was: one that was put away stays so. */
  function isNew(notice: StoredRuleNotice): boolean {
    return !notices.has(nameNotice(notice))
  }

  function keep(notice: StoredRuleNotice): void {
    notices.set(nameNotice(notice), notice)
  }

  const alerts = () =>
    [...notices.values()]
      .filter(({ kind, isOver }) => kind === 'alert' && isOver !== true)
      .sort((a, b) => b.receivedMs - a.receivedMs)

  return {
    load: async (nowMs) => {
      for (const notice of await readRuleNoticesSince(store, nowMs - DAY_MS)) if (isNew(notice)) keep(notice)
    },
    take: (received) =>
      received.flatMap(({ act, receivedMs }) => {
        const notice = describeNotice(act, receivedMs, extensionId)
        if (notice === undefined || !isNew(notice)) return []
        keep(notice)
        return [notice]
      }),
    of: ({ telephonySessionId, currentSessionId }) =>
      [...notices.values()].filter((one) => [telephonySessionId, currentSessionId].includes(one.telephonySessionId)),
    alerts,
    end: (isOver) => {
      const over = alerts().filter(isOver)
      const ended = over.map((alert): StoredRuleNotice => ({ ...alert, isOver: true }))
      ended.forEach(keep)
      return ended
    },
    letGo: (nowMs) => {
      for (const [name, { receivedMs }] of notices) if (receivedMs < nowMs - DAY_MS) notices.delete(name)
    },
  }
}

/** What it is to the person; `undefined`: nothing. */
function describeNotice(act: ActNotice, receivedMs: number, extensionId: string): StoredRuleNotice | undefined {
  const { telephonySessionId, rule } = act
  const common = { telephonySessionId, rule, receivedMs }
  if (act.kind === 'sent' && act.from === extensionId) return { ...common, kind: 'moved' }
  if (act.to !== extensionId) return undefined
  if (act.kind === 'sent') return { ...common, kind: 'sent' }
  const { text, caller } = act
  return { ...common, kind: 'alert', text, ...(caller === undefined ? {} : { caller }) }
}

/** Of one call a rule tells each thing once. */
export function nameNotice({ telephonySessionId, kind, rule }: StoredRuleNotice): string {
  return [telephonySessionId, kind, rule].join(' ')
}

/** The person's part of that call has ended since. Of a call that goes on, and of one that is not theirs, nobody can say so. */
export function isCallOver(
  { telephonySessionId, receivedMs }: StoredRuleNotice,
  rows: Pick<TrackedRows, 'get'>,
): boolean {
  const row = rows.get(telephonySessionId)?.row
  return row?.phase === 'ended' && row.phaseSinceMs + row.delayMs >= receivedMs
}
