import type { SegmentFile } from './segment-file.ts'

/** One file of a store, as far as it is in use. */
export interface Segment {
  readonly file: SegmentFile
  readonly firstPosition: number
  /** Up to where the file is in use. */
  contentBytes: number
  /** Records in it. */
  count: number
}

/** The segment that is written. */
export interface ActiveSegment extends Segment {
  /** When its first record came, ms since the epoch. */
  firstAtMs: number | undefined
}
