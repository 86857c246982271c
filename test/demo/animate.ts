import { crc32 } from 'node:zlib'

/** One picture of an animation. */
export interface Frame {
  /** A PNG; all of one size and kind. */
  readonly png: Buffer
  readonly lastsMs: number
}

interface Chunk {
  readonly type: string
  readonly data: Buffer
}

const SIGNATURE_BYTES = 8

/**
 * Pictures one after the other as one animated PNG, which begins again at its end. What is in them stays as it is: their compressed
 * rows are only put in other chunks.
 *
 * Source: PNG (third edition), animated PNG: acTL, fcTL, fdAT.
 */
export function animate(frames: readonly Frame[]): Buffer {
  const [first] = frames
  if (first === undefined) throw new RangeError('An animation should have a picture at least.')
  const [header] = readChunks(first.png)
  if (header?.type !== 'IHDR') throw new TypeError('A picture of an animation should be a PNG.')
  let sequence = 0
  const next = () => uint32(sequence++)

  const body = frames.flatMap(({ png, lastsMs }, index) => {
    const chunks = readChunks(png)
    if (!chunks[0]?.data.equals(header.data)) throw new RangeError('The pictures should all be of one size and kind.')
    const rows = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)
    // Width and height, at 0, 0, for so long, in the place of what was there.
    const control = [
      next(),
      header.data.subarray(0, 8),
      Buffer.alloc(8),
      uint16(lastsMs),
      uint16(1000),
      Buffer.alloc(2),
    ]
    return [
      writeChunk('fcTL', Buffer.concat(control)),
      ...rows.map((data) =>
        index === 0 ? writeChunk('IDAT', data) : writeChunk('fdAT', Buffer.concat([next(), data])),
      ),
    ]
  })

  return Buffer.concat([
    first.png.subarray(0, SIGNATURE_BYTES),
    writeChunk('IHDR', header.data),
    // Begins again without end.
    writeChunk('acTL', Buffer.concat([uint32(frames.length), uint32(0)])),
    ...body,
    writeChunk('IEND', Buffer.alloc(0)),
  ])
}

function readChunks(png: Buffer): readonly Chunk[] {
  const chunks: Chunk[] = []
  for (let at = SIGNATURE_BYTES; at < png.length; ) {
    const length = png.readUInt32BE(at)
    const data = png.subarray(at + 8, at + 8 + length)
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data })
    at += 12 + length
  }
  return chunks
}

function writeChunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  return Buffer.concat([uint32(data.length), named, uint32(crc32(named))])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}
