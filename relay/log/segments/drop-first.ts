import { DamagedError } from '../damaged-error.ts'
import { decodeBatch, encodeBatch, FRAME_HEAD_BYTES, readBatchHead } from './batch.ts'
import { decodeHeader, encodeHeader, HEADER_BYTES } from './segment-header.ts'

/**
 * The content of a segment file without the records before `firstPosition`, which is one that it has. The frames stay as they
 * are, and those that are kept lie together, further in front by as much as there was before them.
 */
export function dropFirst(content: Buffer, firstPosition: number): Buffer {
  const header = decodeHeader(content)
  if (header === undefined) throw new DamagedError('the header of a segment does not match its checksum')
  const kept = [encodeHeader({ ...header, firstPosition })]
  let offset = HEADER_BYTES
  let head = readBatchHead(content, offset)
  while (head !== undefined && head.firstPosition + head.count <= firstPosition) {
    offset = head.endOffset
    head = readBatchHead(content, offset)
  }
  const cutThrough = decodeBatch(content, offset)
  if (cutThrough === undefined) throw new DamagedError(`a segment does not match its checksums at byte ${offset}`)
  const { frames, writtenAtMs, endOffset } = cutThrough
  const records = frames
    .slice(firstPosition - cutThrough.firstPosition)
    .map(({ offset: at, bytes }) => content.subarray(at + FRAME_HEAD_BYTES, at + FRAME_HEAD_BYTES + bytes))
  kept.push(encodeBatch(records, { firstPosition, writtenAtMs, offset: HEADER_BYTES }).bytes)
  kept.push(content.subarray(endOffset))
  return Buffer.concat(kept)
}
