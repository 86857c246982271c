import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { SECOND_MS } from '../../shared/time.ts'
import type { FormerLog } from './event-log.ts'
import type { FileStats } from './segments/file-stats.ts'
import type { NewestSegment } from './segments/recover-segments.ts'
import type { SegmentStamp } from './segments/segment-header.ts'

/**
 * Decides at a start what the log is called, and so whether earlier cursors still hold.
 *
 * Nothing in the folder can tell whether it is the one that was written last or a copy that was put back: a copy has all of
 * it too. So the log gets another name at each start for which the file system does not vouch, and remembers under which
 * names it went up to which position. A cursor of such a name holds up to there; beyond, it comes from events that this
 * folder has never had. What the file system vouches with is the time of the last change, which nobody can set: a copy that
 * was put back, in place or not, was changed when that was done.
 */
export interface FoundLog {
  readonly newest: NewestSegment | undefined
  /** The newest file as it was when the folder was closed; `undefined` when it was not. */
  readonly closed: FileStats | undefined
  readonly bootId: string
  readonly nextPosition: number
}

/**
 * From the moment that a batch says it was written until the file system does: a disk may take ten seconds to confirm a batch,
 * and then gives the room for the next ones. No copy is taken and put back in so short a time.
 */
const WRITE_TIMEOUT_MS = 15 * SECOND_MS
const NS_PER_MS = 1_000_000n
/** As many as the header of a segment has room for. */
const MAX_FORMER = 40

/** `begin` is for a log that is not there yet. */
export function identifyLog(
  { newest, closed, bootId, nextPosition }: FoundLog,
  begin: { readonly logId?: string; readonly former?: readonly FormerLog[] } = {},
): SegmentStamp {
  if (newest === undefined) return { logId: begin.logId ?? randomId(), former: begin.former ?? [], bootId }
  const { logId, former } = newest.header
  if (isVouchedFor(newest, closed, bootId)) return { logId, former, bootId }
  const known = [...former, { id: logId, headPosition: nextPosition - 1 }]
  return { logId: randomId(), former: known.slice(-MAX_FORMER).map((one) => clip(one, nextPosition - 1)), bootId }
}

function isVouchedFor({ header, stats, writtenAtMs }: NewestSegment, closed: FileStats | undefined, bootId: string) {
  if (closed !== undefined) {
    return closed.inode === stats.inode && closed.changedAtNs === stats.changedAtNs
  }
  // It was not closed: then its last batch was its last change. After a power cut the file system may know less.
  return (
    bootId !== '' &&
    header.bootId === bootId &&
    stats.changedAtNs === stats.modifiedAtNs &&
    Math.abs(Number(BigInt(stats.changedAtNs) / NS_PER_MS) - writtenAtMs) <= WRITE_TIMEOUT_MS
  )
}

function clip({ id, headPosition }: FormerLog, most: number): FormerLog {
  return { id, headPosition: Math.min(headPosition, most) }
}

function randomId(): string {
  return randomBytes(16).toString('base64url')
}

/** Another at each start of the machine; empty where the system does not tell. */
export async function readBootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')).trim()
}
