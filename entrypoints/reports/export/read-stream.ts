import { describeFault } from '../../../shared/protocol/raw.ts'
import { type CallRecord, decodeStreamLine } from '../../../shared/protocol/stream-line.ts'
import { createPauses } from '../../lib/files/pauses.ts'
import { readLines } from './read-lines.ts'

/** A line of an events file that could not be read, and why. */
export interface StreamProblem {
  /** From 1. */
  readonly line: number
  readonly kind: 'notJson' | 'reminder' | 'notAnEvent'
  /** What was wrong with an event: a field, and what it should be. */
  readonly detail?: string
}

export interface ReadStreamOptions {
  /** Called with the record of each line, in order. */
  readonly take: (record: CallRecord) => void
  /** Called with the share that was read, 0 to 1, once it takes noticeably long. */
  readonly onShare: (share: number) => void
  /** Ends the reading. */
  readonly signal: AbortSignal
}

/**
 * Reads a stream with one event per line, with pauses in which the page stays responsive. Empty lines are skipped; a
 * bad one is reported and reading goes on.
 */
export async function readStreamFile(
  file: Blob,
  { take, onShare, signal }: ReadStreamOptions,
): Promise<readonly StreamProblem[]> {
  const problems: StreamProblem[] = []
  const pauses = createPauses()
  let line = 0
  let readChars = 0
  for await (const content of readLines(file)) {
    line += 1
    readChars += content.length + 1
    const read = readLine(content)
    if (read?.kind === 'record') take(read.record)
    else if (read !== undefined) problems.push({ ...read, line })
    if (!pauses.isDue()) continue
    // Nearly all of it is ASCII, a byte a character.
    if (pauses.isLong()) onShare(Math.min(1, readChars / file.size))
    await pauses.pause()
    if (signal.aborted) break
  }
  return problems
}

type ReadLine = { readonly kind: 'record'; readonly record: CallRecord } | Omit<StreamProblem, 'line'> | undefined

function readLine(content: string): ReadLine {
  if (content.trim() === '') return undefined
  let raw: unknown
  try {
    raw = JSON.parse(content)
  } catch {
    return { kind: 'notJson' }
  }
  const decoded = decodeStreamLine(raw)
  if (decoded.kind === 'telephony' || decoded.kind === 'status') return { kind: 'record', record: decoded }
  return decoded.kind === 'reminder'
    ? { kind: 'reminder' }
    : { kind: 'notAnEvent', detail: describeFault(decoded.fault) }
}
