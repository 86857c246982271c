import { isEffective } from '../../../shared/call/action-kinds.ts'
import type { Phase } from '../../../shared/call/view.ts'
import type { Clock } from '../../../shared/clock.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import type { OfferedActions } from '../../lib/contract/call-actions.ts'
import type { Refusal } from '../../lib/relay/relay-client.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { effectFacts } from './effect-facts.ts'
import type { AskedKind, Rights } from './rights.ts'

/** Requests that were made and are not over, and sentences about those that came to nothing, by call. */
export interface AskedActions {
  /** What the card says of them. */
  of(telephonySessionId: string): Pick<OfferedActions, 'pending' | 'refusal'>
  /** Notes a request, unless one of its kind is under way: then `undefined`. */
  begin(row: CallRow, kind: AskedKind): Asked | undefined
  /** What came of a request, unless an event was faster. */
  end(row: CallRow, kind: AskedKind, asked: Asked, refusal: Refusal | undefined): void
  /** Has the card say why something was not done. */
  refuse(row: CallRow, kind: AskedKind, refusal: Refusal): void
  /** Forgets what has happened by now, and with a call all that was asked of it. */
  refresh(rows: readonly CallRow[]): void
  close(): void
}

/** One request that was made and is not over. */
export interface Asked {
  /** The call that a call back or a question has become, once that is known. */
  placedId?: string
  cancel: () => void
}

export interface AskedActionsOptions {
  readonly clock: Pick<Clock, 'after'>
  readonly rights: Pick<Rights, 'learn'>
  /** Puts a refusal into a sentence for the user. */
  readonly describe: (refusal: Refusal) => string
  /** What the cards show has changed. */
  readonly onChange: () => void
}

/** How long to wait for the event of a request that RingCentral accepted; it usually comes within a second. */
export const CONFIRM_MS = 10 * SECOND_MS

/** A sentence about a request; it goes when the call has gone on. */
interface ShownRefusal {
  readonly kind: AskedKind
  readonly sentence: string
  readonly phase: Phase
}

interface Entry {
  readonly asked: Map<AskedKind, Asked>
  refusal: ShownRefusal | undefined
}

export function createAskedActions({ clock, rights, describe, onChange }: AskedActionsOptions): AskedActions {
  const entries = new Map<string, Entry>()
  let rows: ReadonlyMap<string, CallRow> = new Map()

  function entryOf(id: string): Entry {
    const entry = entries.get(id) ?? { asked: new Map(), refusal: undefined }
    entries.set(id, entry)
    return entry
  }

  function refuse(row: CallRow, kind: AskedKind, refusal: Refusal): void {
    rights.learn(kind, refusal.code)
    const { phase } = rows.get(row.telephonySessionId) ?? row
    entryOf(row.telephonySessionId).refusal = { kind, phase, sentence: describe(refusal) }
    onChange()
  }

  function begin(row: CallRow, kind: AskedKind): Asked | undefined {
    const entry = entryOf(row.telephonySessionId)
    if (entry.asked.has(kind)) return undefined
    const asked: Asked = { cancel: () => {} }
    entry.asked.set(kind, asked)
    entry.refusal = undefined
    onChange()
    return asked
  }

  function end(row: CallRow, kind: AskedKind, asked: Asked, refusal: Refusal | undefined): void {
    const entry = entries.get(row.telephonySessionId)
    if (entry?.asked.get(kind) !== asked) return
    if (refusal !== undefined) {
      entry.asked.delete(kind)
      refuse(row, kind, refusal)
      return
    }
    asked.cancel = clock.after(CONFIRM_MS, () => {
      entry.asked.delete(kind)
      refuse(row, kind, { code: 'unconfirmed' })
    })
    look()
  }

  function look(): void {
    for (const [id, entry] of entries) {
      const row = rows.get(id)
      for (const [kind, asked] of entry.asked) {
        if (row !== undefined && !isDone(row, kind, asked)) continue
        asked.cancel()
        entry.asked.delete(kind)
      }
      if (row === undefined || (entry.refusal !== undefined && isOutdated(row, entry.refusal)))
        entry.refusal = undefined
      if (entry.asked.size === 0 && entry.refusal === undefined) entries.delete(id)
    }
  }

  function isDone(row: CallRow, kind: AskedKind, { placedId }: Asked): boolean {
    if (placedId !== undefined && rows.has(placedId)) return true
    if (kind === 'callBack') return false
    return isEffective(kind, effectFacts(row))
  }

  function isOutdated(row: CallRow, { kind, phase }: ShownRefusal): boolean {
    return row.phase !== phase || (kind !== 'callBack' && isEffective(kind, effectFacts(row)))
  }

  return {
    of: (telephonySessionId) => {
      const entry = entries.get(telephonySessionId)
      return { pending: [...(entry?.asked.keys() ?? [])], refusal: entry?.refusal?.sentence }
    },
    begin,
    end,
    refuse,
    refresh: (now) => {
      rows = new Map(now.map((row) => [row.telephonySessionId, row]))
      look()
    },
    close: () => {
      for (const { asked } of entries.values()) for (const { cancel } of asked.values()) cancel()
      entries.clear()
    },
  }
}
