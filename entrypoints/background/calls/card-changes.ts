import type { CallRow } from '../../lib/store/schema.ts'
import type { FrameContext } from './call-row.ts'
import { selectCardEnd } from './card-end.ts'
import type { TrackedRows } from './tracked-rows.ts'

/** What a user does to a card. */
export type CallMarks = Partial<Pick<CallRow, 'isDismissed' | 'isFolded' | 'chosenUrl'>>

/** What happens to the cards of calls rather than to the calls. Each resolves when it is written. */
export interface CardChanges {
  mark(telephonySessionId: string, marks: CallMarks): Promise<void>
  /** From now on the cards of finished calls stay up for so long: those that are up as well. */
  keepEnded(endedCardMs: number): Promise<void>
  /** Takes down the cards of finished calls whose time has come, by the relay's clock, and that nobody is using. */
  expire(nowMs: number): Promise<void>
  /** Nobody is using these cards any more: the time of those whose calls are over begins again. */
  release(telephonySessionIds: readonly string[], moment: Pick<FrameContext, 'nowMs' | 'endedCardMs'>): Promise<void>
}

export interface CardChangesOptions {
  readonly rows: Pick<TrackedRows, 'get' | 'all'>
  readonly isInUse: (telephonySessionId: string) => boolean
  /** Carries a change out behind everything that was handed over before; `select` returns the rows as they are to be. */
  readonly change: (select: () => readonly CallRow[]) => Promise<void>
}

export function createCardChanges({ rows, isInUse, change }: CardChangesOptions): CardChanges {
  return {
    mark: (id, marks) =>
      change(() => {
        const row = rows.get(id)?.row
        return row === undefined ? [] : [endPutAway({ ...row, ...marks })]
      }),
    keepEnded: (endedCardMs) =>
      change(() => {
        const up = rows.all().filter(({ active }) => active === 1)
        return up.map((row) => ({ ...row, shownUntilMs: selectCardEnd(row, endedCardMs) }))
      }),
    expire: (nowMs) =>
      change(() => {
        const due = rows.all().filter(({ shownUntilMs }) => shownUntilMs !== undefined && shownUntilMs <= nowMs)
        const left = due.filter(({ telephonySessionId }) => !isInUse(telephonySessionId))
        return left.map(({ active: _, ...row }) => ({ ...row, shownUntilMs: undefined }))
      }),
    release: (ids, { nowMs, endedCardMs }) =>
      change(() => {
        const released = ids.flatMap((id) => rows.get(id)?.row ?? [])
        const over = released.filter(({ active, phase }) => active === 1 && phase === 'ended')
        const used = over.map((row) => ({ ...row, usedMs: nowMs }))
        return used.map((row) => ({ ...row, shownUntilMs: selectCardEnd(row, endedCardMs) }))
      }),
  }
}

/** A finished call whose card was put away is let go soon, however long it would have stayed up. */
function endPutAway(row: CallRow): CallRow {
  const endMs = row.isDismissed ? selectCardEnd(row, Number.POSITIVE_INFINITY) : undefined
  return endMs === undefined ? row : { ...row, shownUntilMs: Math.min(endMs, row.shownUntilMs ?? endMs) }
}
