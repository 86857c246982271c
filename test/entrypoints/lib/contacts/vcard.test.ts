import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isVcard, openVcard } from '../../../../entrypoints/lib/contacts/vcard-file.ts'
import { readAll } from './read-all.ts'

const card = (...lines: readonly string[]) => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\n')
const read = (text: string) => readAll(openVcard(text))
const ada = { line: 1, name: 'Ada Winter', company: undefined, phoneNumbers: ['+14085550123'], tags: [] }

describe('a vCard', () => {
  const cards: readonly (readonly [name: string, lines: readonly string[], contact: object])[] = [
    ['of version 3.0', ['VERSION:3.0', 'FN:Ada Winter', 'TEL;TYPE=WORK,VOICE:+14085550123'], ada],
    [
      'of version 4.0 with an address for a number',
      ['VERSION:4.0', 'FN:Ada Winter', 'TEL;VALUE=uri;TYPE="voice,work":tel:+14085550123;ext=12'],
      { ...ada, phoneNumbers: ['tel:+14085550123;ext=12'] },
    ],
    ['of version 2.1 with bare parameters', ['VERSION:2.1', 'N:Winter;Ada', 'TEL;CELL;VOICE:+14085550123'], ada],
    [
      'with quoted-printable text over two lines',
      [
        'VERSION:2.1',
        'FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=BCrgen =',
        'M=C3=BCller',
        'TEL;CELL:+14085550123',
      ],
      { ...ada, name: 'Jürgen Müller' },
    ],
    [
      'with quoted-printable text in an old encoding',
      ['FN;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Zo=EB', 'TEL:+14085550123'],
      { ...ada, name: 'Zoë' },
    ],
    [
      'in an encoding that nobody knows',
      ['FN;ENCODING=QUOTED-PRINTABLE;CHARSET=KLINGON:Zo=C3=AB', 'TEL:+14085550123'],
      { ...ada, name: 'Zoë' },
    ],
    ['with folded lines', ['FN:Ada', '  Win', '\tter', 'TEL:+14085550123'], { ...ada, name: 'Ada Winter' }],
    ['with groups', ['item1.FN:Ada Winter', 'item1.TEL:+14085550123', 'item1.X-ABLabel:Work'], ada],
    [
      'with a company, its department left aside, and tags',
      ['FN:Ada Winter', 'ORG:Harbor\\, Couriers;Sales', 'CATEGORIES:VIP,A\\,B,vip', 'TEL:+14085550123'],
      { ...ada, company: 'Harbor, Couriers', tags: ['VIP', 'A,B'] },
    ],
    ['of a company', ['FN:', 'ORG:Harbor', 'TEL:+14085550123'], { ...ada, name: 'Harbor' }],
    ['with a fax', ['FN:Ada Winter', 'TEL;TYPE=FAX:+1408555999', 'TEL;TYPE=HOME:+14085550123'], ada],
    [
      'with rubbish and a picture',
      ['FN:Ada Winter', 'this is rubbish', 'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSk', ' ZJRgABAQ==', 'TEL:+14085550123'],
      ada,
    ],
  ]
  it.each(cards)('%s', (_name, lines, contact) => {
    expect(read(card(...lines))).toEqual({ drafts: [contact], problems: [] })
  })

  it('comes alone or with others, and a damaged one costs no other', () => {
    const text = [
      card('FN:Ada Winter', 'TEL:+14085550123'),
      card('FN:Ben Frost'),
      'BEGIN:VCARD\nFN:Cleo\nTEL:+140855501',
      card('FN:Dora', 'TEL:+14085550124'),
      card('TEL:+14085550125'),
      'BEGIN:VCARD\nFN:Emil\n',
    ].join('\n')
    const { drafts, problems } = read(text)
    expect(drafts.map(({ name, line }) => [name, line])).toEqual([
      ['Ada Winter', 1],
      ['Dora', 13],
    ])
    expect(problems).toEqual([
      { kind: 'noNumber', line: 6 },
      { kind: 'noEnd', line: 10 },
      { kind: 'noName', line: 18 },
      { kind: 'noEnd', line: 22 },
    ])
  })

  it('is told from a table', () => {
    expect(isVcard(card('FN:Ada'))).toBe(true)
    expect(isVcard('\n begin:vcard\n')).toBe(true)
    expect(isVcard('Name,Phone\nBEGIN:VCARD is a word,1\n')).toBe(false)
  })

  const escapeText = (text: string) => text.replace(/[\\,;]/g, (sign) => `\\${sign}`).replaceAll('\n', '\\n')
  /** Breaks a line as RFC 6350 has it, at any place. */
  const fold = (line: string, at: number) => `${line.slice(0, at)}\n ${line.slice(at)}`
  const word = fc.stringMatching(/^[\p{L}\\",;:'=|-]{0,12}\p{L}{2}$/u)
  it('reads back what was written, whatever the names hold and wherever lines are folded', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word, fc.nat(10)), { minLength: 1, maxLength: 10 }), (people) => {
        const text = people
          .map(([name, company, at]) =>
            card(
              'VERSION:4.0',
              fold(`FN:${escapeText(name)}`, at + 1),
              `ORG:${escapeText(company)}`,
              'TEL:+14085550123',
            ),
          )
          .join('')
        const { drafts, problems } = read(text)
        expect(problems).toEqual([])
        expect(drafts.map(({ name, company }) => [name, company])).toEqual(
          people.map(([name, company]) => [name.normalize('NFC'), company.normalize('NFC')]),
        )
      }),
    )
  })

  // Signs that mean something, and any others; ready-made strings of every character take seconds to make.
  const line = fc.array(
    fc.constantFrom(...':;=\\",\n\t .-', 'TEL', 'FN', 'N', 'CHARSET', 'QUOTED-PRINTABLE', 'é', '\ud800', '7'),
  )
  it('never throws, whatever the file holds', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const text = lines.map((signs) => signs.join('')).join('\n')
        const { drafts, problems } = read(card('VERSION:2.1', text, 'N;ENCODING=QUOTED-PRINTABLE:=4', ';='))
        expect(drafts.length + problems.length).toBe(1)
      }),
    )
  })
})
