import type { TelephonyNotification } from '../../shared/protocol/notification.ts'
import { describeFault } from '../../shared/protocol/raw.ts'
import type { SessionStatus } from '../../shared/protocol/status.ts'
import { decodeStreamLine } from '../../shared/protocol/stream-line.ts'
import { parsePythonLiteral } from './python-literal.ts'

/** A recorded stream, line by line: what was an event or an answer about a session, and what was neither and why. */
export interface RecordedStream {
  readonly events: readonly RecordedEvent[]
  /** What the platform answered when it was asked how a session stands. */
  readonly statuses: readonly SessionStatus[]
  readonly problems: readonly { readonly line: number; readonly reason: string }[]
}

export interface RecordedEvent {
  readonly line: number
  /** The envelope as it was recorded. */
  readonly raw: unknown
  readonly notification: TelephonyNotification
}

/** Reads a stream of one event a line, as JSON or as a Python literal. Empty lines are nothing; a bad one stops nothing. */
export function readStream(text: string): RecordedStream {
  const events: RecordedEvent[] = []
  const statuses: SessionStatus[] = []
  const problems: { line: number; reason: string }[] = []
  for (const [index, content] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    if (content.trim() === '') continue
    const line = index + 1
    try {
      const raw = parseLine(content)
      const decoded = decodeStreamLine(raw)
      if (decoded.kind === 'status') statuses.push(decoded.status)
      else if (decoded.kind === 'telephony') events.push({ line, raw, notification: decoded.notification })
      else if (decoded.kind === 'reminder') problems.push({ line, reason: "a subscription's reminder, not a call" })
      else problems.push({ line, reason: describeFault(decoded.fault) })
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      problems.push({ line, reason: error.message })
    }
  }
  return { events, statuses, problems }
}

function parseLine(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch (jsonError) {
    try {
      return parsePythonLiteral(content)
    } catch (literalError) {
      // The line was meant as one of the two; a quoted key tells which, and whose complaint helps.
      throw /^\s*[{[]\s*"/.test(content) ? jsonError : literalError
    }
  }
}
