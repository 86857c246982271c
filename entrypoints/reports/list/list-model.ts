import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { type CustomerCall, groupCustomerCalls } from '../../../shared/metrics/customer-calls.ts'
import type { Returned } from '../../../shared/metrics/returned.ts'
import type { NamedCall } from '../../lib/caller/caller-name.ts'
import type { CallNote } from '../../lib/notes/note.ts'
import { NO_NOTE } from '../../lib/notes/note.ts'
import { language } from '../../lib/wording/labels.ts'
import { country } from '../../lib/wording/shown-country.ts'
import { type ExportedCall, exportCall } from '../export/exported-call.ts'
import { type Column, NEWEST_FIRST, type Sort, sortNext } from './columns.ts'
import { type Line, listLines } from './lines.ts'
import { createSearch } from './search.ts'
import { sortBy } from './sort.ts'
import { sortValueOf } from './sort-value.ts'

/** Where the calls of a list come from. */
export interface ListSource {
  /** All there are; `undefined` is not read yet. */
  readonly rows: ReadonlySignal<readonly NamedCall[] | undefined>
  /** Those of them that are not filtered out. */
  readonly selected: ReadonlySignal<readonly NamedCall[] | undefined>
  /** The missed ones that were returned, by `telephonySessionId`. */
  readonly returned: ReadonlySignal<ReadonlyMap<string, Returned>>
  /** By `telephonySessionId`. */
  readonly notes: ReadonlySignal<ReadonlyMap<string, CallNote>>
  /** Whether they are the person's own, whose other sides can be called. */
  readonly canCallBack: boolean
}

/** A list of customers' calls as it is shown: searched, sorted, with some unfolded and one opened. */
export interface ListModel extends Pick<ListSource, 'returned' | 'notes' | 'canCallBack'> {
  /** `undefined`: the calls are not read yet. */
  readonly lines: ReadonlySignal<readonly Line[] | undefined>
  readonly count: ReadonlySignal<ListCount>
  readonly query: Signal<string>
  readonly sort: ReadonlySignal<Sort>
  /** The call that is taken apart. */
  readonly opened: ReadonlySignal<NamedCall | undefined>
  sortBy(column: Column): void
  /** Shows the other sessions of a call, or hides them, by the first one's `telephonySessionId`. */
  toggle(telephonySessionId: string, isExpanded: boolean): void
  open(telephonySessionId: string): void
  /** Opens a call and calls its other side. */
  callBack(telephonySessionId: string): void
  /** The call whose other side is to be called, until that is done. */
  readonly callingId: ReadonlySignal<string | undefined>
  /** It is being called. */
  takeCall(): void
  /** Sorts them, whatever was sorted by before. */
  order(sort: Sort): void
  close(): void
  /** The calls that are listed, in the order in which they are, as they leave the browser. */
  exported(): Generator<ExportedCall, void>
}

export interface ListCount {
  /** What is one call to the customer. */
  readonly customerCalls: number
  /** Sessions that they consist of, unfolded or not. */
  readonly calls: number
}

type Group = CustomerCall<NamedCall>

export function createListModel({ rows, selected, returned, notes, canCallBack }: ListSource): ListModel {
  const query = signal('')
  const sort = signal(NEWEST_FIRST)
  const expanded = signal<ReadonlySet<string>>(new Set())
  const openedId = signal<string>()
  const callingId = signal<string>()

  const groups = computed(() => rows.value && groupCustomerCalls(rows.value))
  const isFound = computed(() => {
    const chosen = selected.value ?? []
    const isSearched = createSearch(query.value, { country: country.value, notes: notes.value })
    if (chosen.length === rows.value?.length) return isSearched
    const ids = new Set(chosen.map(({ telephonySessionId }) => telephonySessionId))
    return (row: NamedCall) => ids.has(row.telephonySessionId) && isSearched(row)
  })
  const found = computed(() =>
    groups.value?.filter(({ first, others }) => isFound.value(first) || others.some(isFound.value)),
  )
  const sorted = computed<readonly Group[] | undefined>(() => {
    const { by, isDescending } = sort.value
    // They already come in this order.
    if (by === NEWEST_FIRST.by && isDescending === NEWEST_FIRST.isDescending) return found.value
    const valueIn = ({ first }: Group, column: Column) => sortValueOf(first, column, notes.value)
    return found.value && sortBy(found.value, sort.value, valueIn, language())
  })

  return {
    returned,
    notes,
    canCallBack,
    query,
    sort,
    lines: computed(() => sorted.value && listLines(sorted.value, expanded.value)),
    count: computed(() => {
      const all = found.value ?? []
      return { customerCalls: all.length, calls: all.reduce((sum, { others }) => sum + 1 + others.length, 0) }
    }),
    opened: computed(() => rows.value?.find(({ telephonySessionId }) => telephonySessionId === openedId.value)),
    sortBy: (column) => {
      sort.value = sortNext(sort.value, column)
    },
    toggle: (telephonySessionId, isExpanded) => {
      const next = new Set(expanded.value)
      if (isExpanded) next.add(telephonySessionId)
      else next.delete(telephonySessionId)
      expanded.value = next
    },
    open: (telephonySessionId) => {
      openedId.value = telephonySessionId
    },
    callingId,
    callBack: (telephonySessionId) => {
      callingId.value = telephonySessionId
      openedId.value = telephonySessionId
    },
    takeCall: () => {
      callingId.value = undefined
    },
    order: (wanted) => {
      sort.value = wanted
    },
    close: () => {
      openedId.value = undefined
    },
    *exported() {
      // Calls as they are counted, so that columns add up to the figures: the times of a call are those of its parts.
      for (const { first } of sorted.value ?? []) {
        yield exportCall(first, {
          note: notes.value.get(first.telephonySessionId) ?? NO_NOTE,
          returned: returned.value.get(first.telephonySessionId),
        })
      }
    },
  }
}
