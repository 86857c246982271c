import type { Returned } from '../../shared/metrics/returned.ts'
import { DAY_MS } from '../../shared/time.ts'
import { type NamedCall, nameCall } from '../lib/caller/caller-name.ts'
import { readNames } from '../lib/caller/read-names.ts'
import { isFinished } from '../lib/store/finished.ts'
import type { ReadableStore } from '../lib/store/open.ts'
import { readCallsSince, readLastCalls } from '../lib/store/read.ts'
import { readReturned } from '../lib/store/returned.ts'
import type { CallRow } from '../lib/store/schema.ts'
import { startOfDay } from '../lib/wording/format.ts'
import { language } from '../lib/wording/labels.ts'
import { LAST_CALLS, selectUnreturned } from './call-lists.ts'

/** The calls that the popup lists: those that are over. */
export interface ReadCalls {
  readonly lastCalls: readonly NamedCall[]
  /** Calls of the last days that are to be returned, the newest first. */
  readonly unreturned: readonly NamedCall[]
  /** Of the missed ones among all of these: how each was returned, `undefined` of one that was not. */
  readonly returned: ReadonlyMap<string, Returned | undefined>
  readonly todaysCalls: readonly NamedCall[]
}

export interface ReadingOptions {
  readonly nowMs: number
  /** Whether callers who reached the voicemail count as to be called back. */
  readonly withVoicemails: boolean
  /** Whether today's calls are wanted one by one. */
  readonly withToday: boolean
}

/** Nobody waits for longer to be called back. */
const RETURN_WITHIN_DAYS = 7
/** Those that go on are no last calls yet. */
const MOST_LIVE = 5

export async function readCalls(store: ReadableStore, options: ReadingOptions): Promise<ReadCalls> {
  const { nowMs, withVoicemails, withToday } = options
  const todayMs = startOfDay(nowMs)
  const recent = (await readCallsSince(store, todayMs - RETURN_WITHIN_DAYS * DAY_MS)).filter(isOver)
  // Whoever was away for a week has last calls as well.
  const last =
    recent.length >= LAST_CALLS
      ? recent.toSorted((a, b) => b.startedMs - a.startedMs)
      : (await readLastCalls(store, LAST_CALLS + MOST_LIVE)).filter(isOver)
  const lastCalls = last.slice(0, LAST_CALLS)
  const todaysCalls = withToday ? recent.filter((row) => row.startedMs >= todayMs && isFinished(row)) : []
  const returned = await readReturned(store, [...new Set([...recent, ...lastCalls])])
  const unreturned = selectUnreturned(recent, returned, withVoicemails)
  const names = await readNames(store, [...lastCalls, ...todaysCalls, ...unreturned], language())
  const named = (row: CallRow) => nameCall(row, row.numberKey === undefined ? undefined : names.get(row.numberKey))
  return {
    lastCalls: lastCalls.map(named),
    unreturned: unreturned.map(named),
    returned,
    todaysCalls: todaysCalls.map(named),
  }
}

function isOver({ phase, part }: CallRow): boolean {
  return phase === 'ended' && part === undefined
}
