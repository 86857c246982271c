import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeBatch, encodeBatch, hasBatchAfter, openFrame } from '../../../../relay/log/segments/batch.ts'

const records = fc.array(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  { minLength: 1, maxLength: 5 },
)
const position = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER - 10 })

it('is read as it was written, wherever it lies', () => {
  fc.assert(
    fc.property(records, position, fc.nat(100), (records, firstPosition, offset) => {
      const { bytes, frames } = encodeBatch(records, { firstPosition, writtenAtMs: 1000.5, offset })
      const content = Buffer.concat([Buffer.alloc(offset), bytes, Buffer.alloc(7)])
      const batch = decodeBatch(content, offset)
      expect(batch).toEqual({ firstPosition, writtenAtMs: 1000.5, frames, endOffset: offset + bytes.length })
      for (const [index, frame] of frames.entries()) {
        expect(openFrame(content, frame.offset, firstPosition + index)).toEqual(records[index])
      }
    }),
  )
})

it('is none with any one byte changed, or cut short', () => {
  fc.assert(
    fc.property(records, fc.nat(), fc.integer({ min: 1, max: 255 }), (records, at, change) => {
      const { bytes } = encodeBatch(records, { firstPosition: 7, writtenAtMs: 1000, offset: 0 })
      expect(decodeBatch(bytes.subarray(0, at % bytes.length), 0)).toBeUndefined()
      bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ change
      expect(decodeBatch(bytes, 0)).toBeUndefined()
    }),
  )
})

it('has frames that are nothing under another position', () => {
  const { bytes, frames } = encodeBatch([Buffer.from('a'), Buffer.from('a')], {
    firstPosition: 7,
    writtenAtMs: 1000,
    offset: 0,
  })
  expect(openFrame(bytes, frames[0]?.offset ?? 0, 7)).toEqual(Buffer.from('a'))
  expect(openFrame(bytes, frames[0]?.offset ?? 0, 8)).toBeUndefined()
  expect(openFrame(bytes, frames[1]?.offset ?? 0, 8)).toEqual(Buffer.from('a'))
})

it('is found behind bytes that are none', () => {
  const { bytes } = encodeBatch([Buffer.from('RSB1')], { firstPosition: 7, writtenAtMs: 1000, offset: 0 })
  const content = Buffer.concat([Buffer.from('RSB1 and no more'), bytes])
  expect(hasBatchAfter(content, 0)).toBe(true)
  expect(hasBatchAfter(content, 16)).toBe(false)
  expect(hasBatchAfter(Buffer.from('RSB1 and no more'), -1)).toBe(false)
})
