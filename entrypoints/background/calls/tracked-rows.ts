import type { CallRow } from '../../lib/store/schema.ts'

/** What belongs to a session in memory: its row, and the smallest delay to the relay's clock that it showed. */
export interface TrackedRow {
  readonly row: CallRow | undefined
  readonly delayMs: number
}

/** The rows of the sessions in memory, by session. */
export interface TrackedRows {
  get(telephonySessionId: string): TrackedRow | undefined
  /** The delay is infinite while nothing of the session was told. */
  put(telephonySessionId: string, tracked: TrackedRow): void
  drop(telephonySessionId: string): void
  entries(): readonly (readonly [telephonySessionId: string, tracked: TrackedRow])[]
  all(): readonly CallRow[]
  /** Those whose call is live or whose card is still up: live ones first, then the newest first. */
  active(): readonly CallRow[]
}

export function createTrackedRows(): TrackedRows {
  const tracked = new Map<string, TrackedRow>()
  /** In their order, until one of them is another. */
  let active: readonly CallRow[] | undefined

  function all(): readonly CallRow[] {
    return [...tracked.values()].flatMap(({ row }) => row ?? [])
  }

  return {
    get: (id) => tracked.get(id),
    put: (id, one) => {
      tracked.set(id, one)
      active = undefined
    },
    drop: (id) => {
      tracked.delete(id)
      active = undefined
    },
    entries: () => [...tracked],
    all,
    active: () => {
      active ??= selectShown(all().filter((row) => row.active === 1)).sort(compareCalls)
      return active
    },
  }
}

/** Calls that were merged go on as one: of those that are in the same session the one that began first is shown. */
function selectShown(rows: readonly CallRow[]): CallRow[] {
  const sessionOf = ({ currentSessionId, telephonySessionId }: CallRow) => currentSessionId ?? telephonySessionId
  const isFirst = (row: CallRow) =>
    !rows.some((one) => one !== row && sessionOf(one) === sessionOf(row) && isEarlier(one, row))
  return rows.filter(isFirst)
}

function isEarlier(a: CallRow, b: CallRow): boolean {
  return a.startedMs - b.startedMs < 0 || (a.startedMs === b.startedMs && a.telephonySessionId < b.telephonySessionId)
}

/** Live ones first, then the newest first. */
function compareCalls(a: CallRow, b: CallRow): number {
  return Number(a.phase === 'ended') - Number(b.phase === 'ended') || b.startedMs - a.startedMs
}
