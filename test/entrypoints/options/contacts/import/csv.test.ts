import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { guessLayout } from '../../../../../entrypoints/options/contacts/import/columns.ts'
import { openCsv } from '../../../../../entrypoints/options/contacts/import/csv-file.ts'
import { readCsvTable } from '../../../../../entrypoints/options/contacts/import/csv-table.ts'
import { decodeText, isBinary } from '../../../../../entrypoints/options/contacts/import/decode-text.ts'
import { readAll } from './read-all.ts'

function read(text: string) {
  const table = readCsvTable(decodeText(new TextEncoder().encode(text)))
  return readAll(openCsv(table, guessLayout(table)))
}

const ada = { name: 'Ada Winter', company: undefined, phoneNumbers: ['+14085550123'], tags: [] }

describe('a CSV file of contacts', () => {
  const files: readonly (readonly [name: string, text: string, contact: object])[] = [
    ['with commas', 'Name,Phone\nAda Winter,+14085550123\n', { ...ada, line: 2 }],
    ['with semicolons, as German spreadsheets save', 'Name;Telefon\nAda Winter;+14085550123', { ...ada, line: 2 }],
    ['with tabs', 'Name\tPhone\nAda Winter\t+14085550123', { ...ada, line: 2 }],
    ['that says what separates its cells', 'sep=;\nName;Phone\nAda Winter;+14085550123', { ...ada, line: 3 }],
    ['with line ends of Windows', 'Name,Phone\r\nAda Winter,+14085550123\r\n', { ...ada, line: 2 }],
    ['with line ends of an old Mac', 'Name,Phone\rAda Winter,+14085550123\r', { ...ada, line: 2 }],
    ['with a byte order mark', '\ufeffName,Phone\nAda Winter,+14085550123', { ...ada, line: 2 }],
    ['without titles', 'Ada Winter,+14085550123\nBen Frost,+14085550124', { ...ada, line: 1 }],
    ['with empty lines', '\n\nName,Phone\n,\n\nAda Winter,+14085550123', { ...ada, line: 6 }],
    ['with first and last names', 'First Name,Last Name,Mobile Phone\nAda,Winter,+14085550123', { ...ada, line: 2 }],
    [
      'with several numbers, in columns and in one cell',
      'Name,Work phone,Mobile,Fax,Phone 1 - Type\nAda Winter,+1 408 555 0123 ::: +1 408 555 0124,"(408) 555-0125",+1 408 555 0199,Work',
      { ...ada, phoneNumbers: ['+1 408 555 0123', '+1 408 555 0124', '(408) 555-0125'], line: 2 },
    ],
    [
      'with a company and tags, each once',
      'Ansprechpartner;Firma;Telefon;Kategorien\nAda Winter;Harbor Couriers;+14085550123;"VIP, vip, Berlin"',
      { ...ada, company: 'Harbor Couriers', tags: ['VIP', 'Berlin'], line: 2 },
    ],
    [
      'as Google writes it',
      'Name,Organization 1 - Name,Group Membership,Phone 1 - Type,Phone 1 - Value\nAda Winter,Harbor,* myContacts ::: VIP,Work,+14085550123',
      { ...ada, company: 'Harbor', tags: ['VIP'], line: 2 },
    ],
    ['of companies', 'Company,Phone\nHarbor Couriers,+14085550123', { ...ada, name: 'Harbor Couriers', line: 2 }],
    [
      'with columns of other things',
      'E-mail,Name,Notes,Phone\nada@example.com,Ada Winter,"likes blue, and\nred",+14085550123',
      { ...ada, line: 2 },
    ],
    ['with more cells in a row than titles', 'Name,Phone\nAda Winter,+14085550123,more,and more', { ...ada, line: 2 }],
    ['with markup for a name', 'Name,Phone\n<b>Ada</b>,+14085550123', { ...ada, name: '<b>Ada</b>', line: 2 }],
  ]
  it.each(files)('%s', (_name, text, contact) => {
    const { drafts, problems } = read(text)
    expect(drafts[0]).toEqual(contact)
    expect(problems).toEqual([])
  })

  it('in Windows-1252 has its umlauts', () => {
    const bytes = Uint8Array.from(
      [...'Name;Telefon\nJ\u00fcrgen Gr\u00f6\u00df;+4930123456'].map((c) => c.charCodeAt(0)),
    )
    const table = readCsvTable(decodeText(bytes))
    expect(readAll(openCsv(table, guessLayout(table))).drafts).toMatchObject([{ name: 'Jürgen Größ' }])
  })

  it.each([
    ['JP', [0x8e, 0x52, 0x93, 0x63], '山田'],
    ['KR', [0xb1, 0xe8], '김'],
    ['CN', [0xcd, 0xf5], '王'],
    ['PL', [0xaf, 0x61, 0xb3], 'Żał'],
    ['RU', [0xc0, 0xe4, 0xe0], 'Ада'],
    ['DE', [0x4a, 0xf6, 0x72, 0x67], 'Jörg'],
    ['PL', [0x4a, 0xf6, 0x72, 0x67], 'Jörg'],
    // What cannot be of there.
    ['JP', [0x5a, 0x6f, 0xeb], 'Zoë'],
    ['JP', [...new TextEncoder().encode('山田')], '山田'],
  ])('as spreadsheets save it in %s has its letters: %j', (country, bytes, text) => {
    expect(decodeText(Uint8Array.from(bytes), country)).toBe(text)
  })

  it.each([
    ['an umlaut and a sharp s', [0x4a, 0x9f, 0x72, 0x67, 0x65, 0x6e, 0x20, 0x47, 0x72, 0x6f, 0xa7], 'Jürgen Groß'],
    ['French accents', [0x52, 0x65, 0x6e, 0x8e, 0x65, 0x20, 0x4c, 0x8f, 0x76, 0x65], 'Renée Lève'],
    ['a capital at the start', [0x85, 0x7a, 0x67, 0x9f, 0x72], 'Özgür'],
  ])('as Excel on a Mac saves it has %s', (_name, bytes, text) => {
    expect(decodeText(Uint8Array.from(bytes), 'DE')).toBe(text)
  })

  it.each([
    ['the apostrophes', [0x4a, 0x6f, 0x65, 0x92, 0x73], 'Joe’s'],
    ['a dash and an umlaut', [0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72, 0x96, 0x42, 0x65, 0x72, 0x67], 'Müller–Berg'],
    ['a trade mark', [0x41, 0x63, 0x6d, 0x65, 0x99], 'Acme™'],
    ['Portuguese accents', [0x4a, 0x6f, 0xe3, 0x6f, 0x20, 0x4c, 0xed, 0x64, 0x69, 0x61], 'João Lídia'],
  ])('in Windows-1252 keeps %s', (_name, bytes, text) => {
    expect(decodeText(Uint8Array.from(bytes), 'DE')).toBe(text)
  })

  it('that was put together of files with byte order marks has none', () => {
    const one = '\ufeff"Name","Phone"\n"Winter, Ada","+14085550123"\n'
    expect(read(one + one.replace('Ada', 'Ben')).drafts.map(({ name }) => name)).toEqual(['Winter, Ada', 'Winter, Ben'])
  })

  it.each(['PK\x03\x04\x14\0', '\xd0\xcf\x11\xe0\xa1', '%PDF-1.7', '\x1f\x8b\x08'])(
    'is no file that begins with %j',
    (start) => {
      expect(isBinary(Buffer.from(start, 'latin1'))).toBe(true)
      expect(isBinary(Buffer.from('PKW,+14085550123'))).toBe(false)
    },
  )

  it('of a few lines that all have an open quotation mark tells each', () => {
    expect(read('"Ada,+14085550123\n"Ben,+14085550124\n').problems).toEqual([
      { kind: 'openQuote', line: 1 },
      { kind: 'openQuote', line: 2 },
    ])
  })

  it.each(['utf-16le', 'utf-16be'] as const)('in %s is read by its byte order mark', (encoding) => {
    const units = [...'\ufeffName,Phone\nZo\u00eb,+14085550123'].map((c) => c.charCodeAt(0))
    const bytes = units.flatMap((unit) =>
      encoding === 'utf-16le' ? [unit & 0xff, unit >> 8] : [unit >> 8, unit & 0xff],
    )
    expect(decodeText(Uint8Array.from(bytes))).toBe('Name,Phone\nZoë,+14085550123')
  })

  it('tells by line what did not become a contact, lines within cells counted', () => {
    const text = 'Name,Phone\n"Ada\nWinter",+14085550123\nBen Frost,\n,+14085550124\nCleo,+14085550125'
    const { drafts, problems } = read(text)
    expect(drafts.map(({ name, line }) => [name, line])).toEqual([
      ['Ada Winter', 2],
      ['Cleo', 6],
    ])
    expect(problems).toEqual([
      { kind: 'noNumber', line: 4, name: 'Ben Frost' },
      { kind: 'noName', line: 5 },
    ])
  })

  const openQuotes: readonly (readonly [
    name: string,
    text: string,
    names: readonly string[],
    lines: readonly number[],
  ])[] = [
    ['never closes', '"Ben,+14085550124\nCleo,+14085550125', ['Ada', 'Cleo'], [3]],
    [
      'closes in another person',
      '"Ben,+14085550124\nCleo,+14085550125\n"Dora",+14085550126',
      ['Ada', 'Cleo', 'Dora'],
      [3],
    ],
    ['opens twice', '"Ben,+14085550124\n"Cleo,+14085550125\nDora,+14085550126', ['Ada', 'Dora'], [3, 4]],
    ['is part of a name', '"Ben "Benny" Frost",+14085550124', ['Ada', 'Ben "Benny" Frost'], []],
  ]
  it.each(openQuotes)('with a quotation mark that %s loses its own line and no other', (_name, rows, names, lines) => {
    const { drafts, problems } = read(`Name,Phone\nAda,+14085550123\n${rows}\n`)
    expect(drafts.map(({ name }) => name)).toEqual(names)
    expect(problems).toEqual(lines.map((line) => ({ kind: 'openQuote', line })))
  })

  it('in which every line has such a mark is read with the marks', () => {
    const people = Array.from({ length: 60 }, (_, index) => `"Ben ${index},+140855501${10 + index}`)
    const { drafts, problems } = read(['Name,Phone', ...people].join('\n'))
    expect(drafts.length + problems.length).toBe(60)
    expect(drafts.at(-1)).toMatchObject({ name: '"Ben 59', phoneNumbers: ['+14085550169'], line: 61 })
  })

  it('with columns that a person has set right', () => {
    const table = readCsvTable('Who,What\nAda Winter,n/a')
    expect(guessLayout(table)).toEqual({ hasHeader: false, headerAt: 0, columns: ['name', 'nothing'] })
    const file = openCsv(table, { hasHeader: true, headerAt: 0, columns: ['name', 'phone'] })
    expect(readAll(file).drafts).toEqual([{ ...ada, phoneNumbers: ['n/a'], line: 2 }])
  })

  it('with a separator that a person has chosen', () => {
    const table = readCsvTable('Name:Phone\nAda Winter:+14085550123', ':')
    expect(table.separator).toBe(':')
    expect(readAll(openCsv(table, guessLayout(table))).drafts).toEqual([{ ...ada, line: 2 }])
  })

  it.each([
    ['in quotation marks', '"Name,Phone"\n"Ada Winter,+14085550123"\n'],
    ['in quotation marks, its cells too', '"Name,Phone"\n"""Ada Winter"",""+14085550123"""\n'],
    ['in quotation marks, with semicolons', '"Name;Phone"\r\n"Ada Winter;+14085550123"\r\n'],
  ])('whose rows are %s is a table all the same', (_name, text) => {
    expect(read(text)).toEqual({ drafts: [{ ...ada, line: 2 }], problems: [] })
  })

  it('of two hundred thousand rows is read whole', () => {
    const { rows } = readCsvTable('Ada,+14085550123\n'.repeat(200_000))
    expect([rows.length, rows.at(-1)?.line]).toEqual([200_000, 200_000])
  })

  it('of thousands of columns is read in time that grows with it, or this takes minutes', () => {
    const text = `Name,Phone${',Notes'.repeat(20_000)}\nAda Winter,+14085550123${','.repeat(20_000)}\n`
    expect(read(text)).toEqual({ drafts: [{ ...ada, line: 2 }], problems: [] })
  })

  it.each([
    ['Name,Country Code,Phone\nAda,+44,2079460018', '+44 2079460018'],
    ['Name,Country Code,Phone\nAda,44,020 7946 0018', '+44 020 7946 0018'],
    ['Name,Country Code,Phone\nAda,1,+1 408 555 0123', '+1 408 555 0123'],
    ['Name,Country Code,Phone\nAda,1,14085550123', '14085550123'],
    ['Name,Country Code,Phone\nAda,US,4085550123', '4085550123'],
    ['Name,Country Code,Phone\nAda,,4085550123', '4085550123'],
    ['Name;Vorwahl;Rufnummer\nAda;030;23125012', '030 23125012'],
    ['Name,Area Code,Phone\nAda,(408),555-0123', '408 555-0123'],
    ['Name,Area Code,Phone\nAda,408,408-555-0123', '408-555-0123'],
    ['Name,Country Code,Area Code,Phone\nAda,1,408,555-0123', '+1 408 555-0123'],
    ['Name,Country Code,Area Code,Phone\nAda,1,,408-555-0123', '+1 408-555-0123'],
    ['Name;Landesvorwahl;Vorwahl;Rufnummer\nAda;0049;030;23125012', '+49 030 23125012'],
  ])('with the first digits of numbers in a column of their own has them whole: %j', (text, number) => {
    expect(read(text).drafts).toMatchObject([{ name: 'Ada', phoneNumbers: [number] }])
  })

  it('says of which columns it takes the first digits', () => {
    const { columns } = guessLayout(
      readCsvTable('Name,Country Code,Area Code,Phone,Country Code\nAda,1,408,555-0123,1'),
    )
    expect(columns).toEqual(['name', 'countryCode', 'areaCode', 'phone', 'nothing'])
  })

  it('that is empty has no contacts', () => {
    expect(read('')).toEqual({ drafts: [], problems: [] })
  })

  const word = fc.stringMatching(/^[\p{L}",;'\n=|-]{0,12}\p{L}{2}$/u).filter(
    // A mark that keeps a spreadsheet from taking text for a formula is no part of it.
    (text) => text.trim() === text && !/^'[=-]/.test(text),
  )
  it('reads back what was written, whatever the names hold', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ name: word, company: word }), { minLength: 1, maxLength: 20 }),
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n'),
        (people, delimiter, newline) => {
          const rows = people.map(({ name, company }) => [name, company, '+14085550123'])
          const text = Papa.unparse([['Name', 'Company', 'Phone'], ...rows], { delimiter, newline, quotes: true })
          const { drafts, problems } = read(text)
          const tidy = (value: string) => value.normalize('NFC').replace(/\s+/g, ' ')
          expect(problems).toEqual([])
          expect(drafts.map(({ name, company }) => ({ name, company }))).toEqual(
            people.map(({ name, company }) => ({ name: tidy(name), company: tidy(company) })),
          )
        },
      ),
    )
  })

  it('never throws, and never makes a contact without a name or a number', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const table = readCsvTable(decodeText(bytes))
        for (const { name, phoneNumbers } of readAll(openCsv(table, guessLayout(table))).drafts) {
          expect(name).not.toBe('')
          expect(phoneNumbers).not.toHaveLength(0)
        }
      }),
    )
  })
})
