import { foldAccents } from '../../../shared/fold-accents.ts'
import type { ExtensionRow } from '../feed/contract.ts'
import type { Shown } from './address.ts'
import { type Names, nameWith } from './words.ts'

export interface RowFilterOptions {
  readonly isWatched: (extensionId: string) => boolean
  readonly isOfQueue: (row: ExtensionRow) => boolean
  readonly state: Shown['state']
  /** As it was typed: a part of the name of somebody or of whom they talk to, or an extension number. */
  readonly query: string
  readonly names: Names
}

/** Builds the check whether a row is shown. Built once for all rows, so that the typed text is parsed once. */
export function createRowFilter({
  isWatched,
  isOfQueue,
  state,
  query,
  names,
}: RowFilterOptions): (row: ExtensionRow) => boolean {
  const wanted = foldAccents(query.trim())
  const isFound = (row: ExtensionRow) =>
    [names.person(row.extensionId), names.extensionNumber(row.extensionId), nameWith(row, names)].some(
      (text) => text !== undefined && foldAccents(text).includes(wanted),
    )
  return (row) => {
    if (!isWatched(row.extensionId) || !isOfQueue(row)) return false
    if (state === 'busy' ? row.calls.length === 0 : state !== undefined && row.standing.state !== state) return false
    return wanted === '' || isFound(row)
  }
}
