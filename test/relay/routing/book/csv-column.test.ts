import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readFirstColumn } from '../../../../relay/routing/book/csv-column.ts'

const cellsOf = (csv: string) => [...readFirstColumn(csv)].map(({ line, text }) => [line, text])

it.each<[csv: string, cells: readonly (readonly [number, string | undefined])[]]>([
  ['', []],
  ['\n \r\n', []],
  [
    'a;b\r\n;;\r\n,\t\r\nc;d',
    [
      [1, 'a'],
      [4, 'c'],
    ],
  ],
  [
    'a,b\nc;d\r\ne\tf\rg',
    [
      [1, 'a'],
      [2, 'c'],
      [3, 'e'],
      [4, 'g'],
    ],
  ],
  ['"a ""b"", c" ,d\n', [[1, 'a "b", c']]],
  [
    'a,"two\nlines"\nb',
    [
      [1, 'a'],
      [3, 'b'],
    ],
  ],
  [
    'a,5" pipe\nb',
    [
      [1, 'a'],
      [2, 'b'],
    ],
  ],
  [',a\n', [[1, '']]],
  [
    'a\n"b,c\nd',
    [
      [1, 'a'],
      [2, undefined],
      [3, 'd'],
    ],
  ],
  [
    'a,"b"c\nd',
    [
      [1, undefined],
      [2, 'd'],
    ],
  ],
  [
    'a,"b\n"c,d\n"e"',
    [
      [1, undefined],
      [2, undefined],
      [3, 'e'],
    ],
  ],
])('%j', (csv, cells) => {
  expect(cellsOf(csv)).toEqual(cells)
})

it('what was written comes back, each from its line', () => {
  const field = fc.string({ unit: fc.constantFrom('a', '1', '+', '"', ',', ';', '\t', '\n', '\r', ' ') })
  const records = fc.array(fc.array(field, { minLength: 1, maxLength: 3 }), { maxLength: 8 })
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`
  fc.assert(
    fc.property(records, fc.constantFrom('\n', '\r\n', '\r'), (written, end) => {
      let line = 1
      const expected = written.map((fields) => {
        const cell = [line, fields[0]?.trim()]
        line += fields.join(',').split(/\r\n|\n|\r/).length
        return cell
      })
      const csv = written.map((fields) => fields.map(quote).join(',')).join(end)
      expect(cellsOf(csv)).toEqual(expected)
    }),
  )
})

it('whatever it is given, it comes to an end, with lines that rise', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ') }), (csv) => {
      const lines = cellsOf(csv).map(([line]) => Number(line))
      expect(lines).toEqual([...new Set(lines)].sort((a, b) => a - b))
      expect(Math.max(0, ...lines)).toBeLessThanOrEqual(csv.split(/\r\n|\n|\r/).length)
    }),
  )
})
