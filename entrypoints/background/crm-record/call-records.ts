import type { Clock } from '../../../shared/clock.ts'
import type { CrmRecordJson, CrmState } from '../../../shared/protocol/http/crm.ts'
import { HOUR_MS, SECOND_MS } from '../../../shared/time.ts'
import type { CardRecord, CrmChoice, CrmChoiceResult } from '../../lib/contract/crm.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import type { CrmClient } from './crm-client.ts'

/**
 * The records of the calls on cards that are over. The relay writes one when late events can no longer come, and is asked until it
 * has: often while that is soon, and now and then for what waits for a person.
 */
export interface CallRecords {
  of(telephonySessionId: string): CardRecord | undefined
  /** These are the finished calls on cards now: asks about those whose record can still change, and forgets all others. */
  follow(rows: readonly CallRow[]): void
  /** Decides about the record of a call on a card. */
  choose(telephonySessionId: string, choice: CrmChoice): Promise<void>
  /** The same by the record's key, from a view. */
  chooseByKey(key: string, choice: CrmChoice): Promise<CrmChoiceResult>
  close(): void
}

export interface CallRecordsOptions {
  readonly client: Pick<CrmClient, 'records' | 'choose'>
  readonly clock: Pick<Clock, 'after'>
  /** Something else is known than `of` said last. */
  readonly onChanged: () => void
}

/** After the end of a call, by when the relay may have its record. */
export const FIRST_LOOK_MS = 2 * SECOND_MS
export const SOON_MS = 5 * SECOND_MS
/** So often that a relay that waits two minutes for late events is seen to write. */
export const SOON_LOOKS = 24
export const LATER_MS = 30 * SECOND_MS
/** The customer's call may have begun long before it came to this person. */
const JOURNEY_MS = 4 * HOUR_MS

interface Followed {
  readonly startedMs: number
  readonly record: CrmRecordJson | undefined
  readonly isPending: boolean
  readonly problem: string | undefined
}

export function createCallRecords({ client, clock, onChanged }: CallRecordsOptions): CallRecords {
  const followed = new Map<string, Followed>()
  let looks = 0
  let cancel: (() => void) | undefined

  function change(id: string, changes: Partial<Followed>): void {
    const before = followed.get(id)
    if (before === undefined) return
    const next = { ...before, ...changes }
    if (JSON.stringify(next) === JSON.stringify(before)) return
    followed.set(id, next)
    onChanged()
  }

  async function ask(id: string, { startedMs }: Followed): Promise<void> {
    const sinceMs = startedMs - JOURNEY_MS
    const report = await client.records({ sinceMs, telephonySessionId: id, isMine: true })
    if (report.kind !== 'given') return
    const record = report.answer.records.find(({ telephonySessionIds }) => telephonySessionIds.includes(id))
    if (record !== undefined) change(id, { record })
  }

  async function look(): Promise<void> {
    looks += 1
    await Promise.all(open().map(([id, call]) => ask(id, call)))
    plan()
  }

  function open(): readonly [string, Followed][] {
    return [...followed].filter(([, { record }]) => record === undefined || !SETTLED.has(record.state))
  }

  function plan(): void {
    cancel?.()
    cancel = undefined
    if (open().length === 0) return
    const isSoon = open().some(([, { record }]) => record === undefined || UNDER_WAY.has(record.state))
    const delayMs = looks === 0 ? FIRST_LOOK_MS : isSoon && looks < SOON_LOOKS ? SOON_MS : LATER_MS
    cancel = clock.after(delayMs, () => void look())
  }

  async function send(key: string, choice: CrmChoice): Promise<CrmChoiceResult> {
    const result = await client.choose(key, choice)
    const { record } = result
    if (record === undefined) return result
    for (const id of record.telephonySessionIds) change(id, { record, problem: undefined })
    // What was chosen is written soon.
    looks = 0
    plan()
    return result
  }

  return {
    of: (id) => {
      const call = followed.get(id)
      if (call?.record === undefined) return undefined
      const { state, contact, candidates, recordUrl, words } = call.record
      return { state, contact, candidates, recordUrl, words, isPending: call.isPending, problem: call.problem }
    },
    follow: (rows) => {
      const ids = new Set(rows.map(({ telephonySessionId }) => telephonySessionId))
      for (const id of followed.keys()) if (!ids.has(id)) followed.delete(id)
      const added = rows.filter(({ telephonySessionId }) => !followed.has(telephonySessionId))
      for (const { telephonySessionId, startedMs } of added)
        followed.set(telephonySessionId, { startedMs, record: undefined, isPending: false, problem: undefined })
      if (added.length > 0) looks = 0
      if (added.length > 0 || followed.size === 0) plan()
    },
    choose: async (id, choice) => {
      const key = followed.get(id)?.record?.key
      if (key === undefined || followed.get(id)?.isPending === true) return
      change(id, { isPending: true, problem: undefined })
      const { problem } = await send(key, choice)
      change(id, { isPending: false, problem })
    },
    chooseByKey: send,
    close: () => {
      cancel?.()
      followed.clear()
    },
  }
}

const SETTLED: ReadonlySet<CrmState> = new Set(['logged', 'leftOut'])
const UNDER_WAY: ReadonlySet<CrmState> = new Set(['waiting', 'ready', 'sent'])
