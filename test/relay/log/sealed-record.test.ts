import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openRecord, type RecordKey, sealRecord } from '../../../relay/log/sealed-record.ts'

const key = fc.oneof<fc.Arbitrary<RecordKey>[]>(fc.string(), fc.nat(), fc.tuple(fc.string(), fc.nat()))

it('opens as it was sealed, whatever the head and the text', () => {
  fc.assert(
    fc.property(key, fc.jsonValue(), fc.string({ unit: 'grapheme' }), (key, head, text) => {
      expect(openRecord(key, sealRecord(key, { head, text }))).toEqual({ head: JSON.parse(JSON.stringify(head)), text })
    }),
  )
})

it('is refused with any one byte changed', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), fc.integer({ min: 1, max: 255 }), (text, at, change) => {
      const record = sealRecord(7, { head: { a: 1 }, text })
      const index = at % record.length
      record[index] = (record[index] ?? 0) ^ change
      expect(() => openRecord(7, record)).toThrow('does not match its checksum')
    }),
  )
})

it('is refused under another key', () => {
  const record = sealRecord(['s-1', 4], { head: ['400102'], text: '' })
  expect(() => openRecord(['s-2', 4], record)).toThrow('does not match its checksum')
  expect(() => openRecord(['s-1', 5], record)).toThrow('does not match its checksum')
})
