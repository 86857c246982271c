import type { Recovered } from './recover-segments.ts'
import type { ActiveSegment, Segment } from './segment.ts'
import { makeSegmentFile } from './segment-file.ts'
import { encodeHeader, HEADER_BYTES, SEGMENT_FORMAT, type SegmentKind, type SegmentStamp } from './segment-header.ts'

export interface SegmentMakerOptions {
  readonly folder: string
  readonly kind: SegmentKind
  /** What goes into the header of each new file, decided when it is known what is there. */
  stamp(newest: Recovered['newest'], nextPosition: number): Promise<SegmentStamp>
  /** Room that is taken from the disk before it is needed. */
  readonly roomBytes: number
  /** Room behind that for an append with `usesReserve`. */
  readonly reserveBytes: number
}

/** Makes one file after the other, each with the next number. */
export interface SegmentMaker {
  readonly nextNumber: number
  /** Makes the file whose first record gets this position; rejects with the file system's error. */
  make(firstPosition: number): Promise<ActiveSegment>
}

/** `onMade` is waited for before anything happens to the earlier files. */
export async function createSegmentMaker(
  { folder, kind, stamp: stampFor, roomBytes, reserveBytes }: SegmentMakerOptions,
  recovered: Recovered,
  onMade: (segment: Segment) => Promise<void>,
): Promise<SegmentMaker> {
  const stamp = await stampFor(recovered.newest, recovered.nextPosition)
  let { nextNumber, empty } = recovered
  return {
    get nextNumber() {
      return nextNumber
    },
    async make(firstPosition) {
      const number = nextNumber
      const header = encodeHeader({
        format: SEGMENT_FORMAT,
        kind,
        number,
        firstPosition,
        ...stamp,
        createdAtMs: Date.now(),
      })
      const file = await makeSegmentFile(folder, number, { header, roomBytes: 2 * roomBytes + reserveBytes })
      nextNumber += 1
      const segment = { file, firstPosition, contentBytes: HEADER_BYTES, count: 0, firstAtMs: undefined }
      await onMade(segment)
      // Until here they said where positions go on.
      for (const unused of empty) await unused.remove()
      empty = []
      return segment
    },
  }
}
