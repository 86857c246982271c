import { describe, expect, it } from 'vitest'
import { guessLayout } from '../../../../../entrypoints/options/contacts/import/columns.ts'
import { openCsv } from '../../../../../entrypoints/options/contacts/import/csv-file.ts'
import { readCsvTable } from '../../../../../entrypoints/options/contacts/import/csv-table.ts'
import { decodeText } from '../../../../../entrypoints/options/contacts/import/decode-text.ts'
import { readAll } from './read-all.ts'

/** Every way in which a spreadsheet writes one list: what separates cells, quotes them, ends lines and encodes the text. */

type Quote = (cell: string, separator: string) => string

const quoteAlways: Quote = (cell) => `"${cell.replaceAll('"', '""')}"`

const QUOTES: Readonly<Record<string, Quote>> = {
  'where it must be': (cell, separator) => (cell.includes(separator) ? `"${cell}"` : cell),
  everywhere: quoteAlways,
  'with apostrophes': (cell) => `'${cell}'`,
}

const LINE_ENDS = { '\\r\\n': '\r\n', '\\n': '\n', '\\r': '\r' }
const SEPARATORS = { comma: ',', semicolon: ';', tab: '\t', bar: '|' }

function bytesOf(text: string, unit: (code: number) => readonly number[]): Uint8Array {
  return Uint8Array.from([...text].flatMap((sign) => unit(sign.charCodeAt(0))))
}

const ENCODINGS: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'UTF-8': (text) => new TextEncoder().encode(text),
  'UTF-8 with a mark': (text) => new TextEncoder().encode(`\ufeff${text}`),
  'UTF-16 little-endian with a mark': (text) => bytesOf(`\ufeff${text}`, (code) => [code & 0xff, code >> 8]),
  'UTF-16 big-endian with a mark': (text) => bytesOf(`\ufeff${text}`, (code) => [code >> 8, code & 0xff]),
  'UTF-16 little-endian': (text) => bytesOf(text, (code) => [code & 0xff, code >> 8]),
  'UTF-16 big-endian': (text) => bytesOf(text, (code) => [code >> 8, code & 0xff]),
  'Windows-1252': (text) => bytesOf(text, (code) => [code]),
}

const LISTS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'two people in two columns': [
    ['Name', 'Telefon'],
    ['J\u00f6rg Winter', '+49 30 23125012'],
    ['Winter, Zo\u00eb', '030 23125013'],
  ],
  'one person': [
    ['Nachname', 'Vorname', 'Firma', 'Mobil'],
    ['Gr\u00f6\u00df', 'J\u00f6rg', 'Frost & S\u00f6hne; Berlin', '+49 30 23125012'],
  ],
  'people without titles': [
    ['J\u00f6rg Winter', '+49 30 23125012'],
    ['Winter, Zo\u00eb', '+49 30 23125013'],
    ['Cleo | North', '+49 30 23125014'],
  ],
}

function write(
  list: readonly (readonly string[])[],
  { separator, quote, end, ended }: { separator: string; quote: Quote; end: string; ended: boolean },
): string {
  const lines = list.map((cells) => cells.map((cell) => quote(cell, separator)).join(separator))
  return lines.join(end) + (ended ? end : '')
}

function read(bytes: Uint8Array) {
  const table = readCsvTable(decodeText(bytes))
  const { drafts, problems } = readAll(openCsv(table, guessLayout(table)))
  return { people: drafts.map(({ name, phoneNumbers }) => [name, ...phoneNumbers]), problems }
}

describe.each(Object.entries(LISTS))('%s', (_name, list) => {
  // What comes of the plainest of its spellings, which the tests of single files look at.
  const people = read(
    new TextEncoder().encode(write(list, { separator: '\t', quote: (cell) => `"${cell}"`, end: '\n', ended: false })),
  ).people

  it('are all of them', () => {
    expect(people).toHaveLength(list.filter((cells) => cells.some((cell) => /\d/.test(cell))).length)
    for (const person of people) expect(person).toHaveLength(2)
  })

  describe.each(Object.entries(SEPARATORS))('with a %s between cells', (_separatorName, separator) => {
    it.each(Object.keys(QUOTES))('quoted %s, with every line end, in every encoding', (quoteName) => {
      const quote = QUOTES[quoteName] as Quote
      for (const [endName, end] of Object.entries(LINE_ENDS))
        for (const ended of [true, false])
          for (const [encodingName, encode] of Object.entries(ENCODINGS)) {
            const spelling = `${endName}, ${ended ? 'last line ended' : 'last line open'}, ${encodingName}`
            const text = write(list, { separator, quote, end, ended })
            expect(read(encode(text)), spelling).toEqual({ people, problems: [] })
          }
    })

    it('and a first line that tells it', () => {
      for (const first of [`sep=${separator}`, `SEP=${separator}`, `"sep=${separator}"`]) {
        const text = `${first}\r\n${write(list, { separator, quote: quoteAlways, end: '\r\n', ended: true })}`
        expect(read(new TextEncoder().encode(text)).people).toEqual(people)
      }
    })

    it('and empty lines in between', () => {
      const text = write(list, { separator, quote: quoteAlways, end: '\n\n \n', ended: true })
      expect(read(new TextEncoder().encode(text))).toEqual({ people, problems: [] })
    })
  })
})

it('a file with a few bytes of another encoding stays UTF-8', () => {
  const bytes = new TextEncoder().encode('Name,Phone\nJ\u00fcrgen Gr\u00f6\u00df,+4930123456\nZo?,+4930123457\n')
  const damaged = bytes.map((byte) => (byte === '?'.charCodeAt(0) ? 0xeb : byte))
  expect(decodeText(damaged)).toContain('Jürgen Größ')
})
