/**
 * What is wrong in a file that somebody wrote, and where. Its reason holds nothing that the file says but the words of its own
 * language: a text in the wrong place may be somebody's number or a secret, and faults are logged.
 */
export interface Fault extends Place {
  /** The path of the file, as it was given. */
  readonly file: string
  /** What is wrong and what it should be, without a full stop. */
  readonly reason: string
}

/** Both from 1; the column counts characters as editors do, in UTF-16. */
export interface Place {
  readonly line: number
  readonly column: number
}

export const START: Place = { line: 1, column: 1 }

/** Makes a fault known at a place of one file. */
export type Complain = (place: Place, reason: string) => void

/** A file that is broken from end to end has as many faults as lines; more than these help nobody. */
const MAX_TOLD = 50

/** Faults as lines for people, `FILE:LINE:COLUMN: reason`, in the order of their files and places. */
export function formatFaults(faults: readonly Fault[]): readonly string[] {
  const files = [...new Set(faults.map(({ file }) => file))]
  const inOrder = faults.toSorted(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
  )
  const lines = [...new Set(inOrder.map(({ file, line, column, reason }) => `${file}:${line}:${column}: ${reason}`))]
  const next = inOrder[MAX_TOLD]
  if (lines.length <= MAX_TOLD || next === undefined) return lines
  const rest = `there are ${lines.length - MAX_TOLD} more faults from here on`
  return [...lines.slice(0, MAX_TOLD), `${next.file}:${next.line}:${next.column}: ${rest}`]
}
