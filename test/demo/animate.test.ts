import { crc32, deflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { animate } from './animate.ts'

/** A grey picture of one colour, as small as they get. */
function picture(width: number, grey: number): Buffer {
  const header = Buffer.from([0, 0, 0, width, 0, 0, 0, 1, 8, 0, 0, 0, 0])
  const row = Buffer.from([0, ...Array.from({ length: width }, () => grey)])
  const chunk = (type: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(type), data])
    const around = Buffer.alloc(8)
    around.writeUInt32BE(data.length)
    around.writeUInt32BE(crc32(named), 4)
    return Buffer.concat([around.subarray(0, 4), named, around.subarray(4)])
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(row)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function typesOf(png: Buffer): readonly string[] {
  const types: string[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const length = png.readUInt32BE(at)
    const named = png.subarray(at + 4, at + 8 + length)
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(named))
    types.push(named.toString('latin1', 0, 4))
  }
  return types
}

it('puts pictures one after the other, the first where a viewer without animations shows it', () => {
  const moving = animate([
    { png: picture(4, 10), lastsMs: 500 },
    { png: picture(4, 200), lastsMs: 1500 },
  ])
  expect(typesOf(moving)).toEqual(['IHDR', 'acTL', 'fcTL', 'IDAT', 'fcTL', 'fdAT', 'IEND'])
  const control = moving.lastIndexOf('fcTL') + 4
  expect([moving.readUInt32BE(control), moving.readUInt32BE(control + 4)]).toEqual([1, 4])
  expect([moving.readUInt16BE(control + 20), moving.readUInt16BE(control + 22)]).toEqual([1500, 1000])
})

it('takes pictures of one size only, and one at least', () => {
  const of = (width: number) => ({ png: picture(width, 0), lastsMs: 1 })
  expect(() => animate([of(4), of(5)])).toThrow('one size')
  expect(() => animate([])).toThrow('a picture at least')
})
