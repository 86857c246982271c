import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isVcard, openVcard } from '../../../../../entrypoints/options/contacts/import/vcard-file.ts'
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
      { ...ada, phoneNumbers: ['+14085550123 x12'] },
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
      'with quoted-printable text that is folded as well',
      ['FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=', ' =BCrgen M=', ' =C3=BCller', 'TEL:+14085550123'],
      { ...ada, name: 'Jürgen Müller' },
    ],
    [
      'with quoted-printable text in an old encoding',
      ['FN;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Zo=EB', 'TEL:+14085550123'],
      { ...ada, name: 'Zoë' },
    ],
    [
      'with quoted-printable text as Windows writes it, without a word of it',
      ['N;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg', 'TEL:+14085550123'],
      { ...ada, name: 'Jörg Müller' },
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
    ['of a company that is named as well', ['FN:Harbor', 'ORG:Harbor', 'TEL:+14085550123'], { ...ada, name: 'Harbor' }],
    [
      'of somebody with a nickname alone',
      ['VERSION:3.0', 'N:;;;;', 'FN:', 'NICKNAME:adaw,winter', 'TEL;type=CELL:+14085550123'],
      { ...ada, name: 'adaw' },
    ],
    [
      'with a middle name, a title and a suffix',
      ['VERSION:3.0', 'N:Winter;Ada;Marie;Dr.;Jr.', 'FN:', 'TEL:+14085550123'],
      { ...ada, name: 'Ada Marie Winter Jr.' },
    ],
    [
      'with a label in other letters, broken before its colon',
      [
        'VERSION:2.1',
        'FN:Ada Winter',
        'TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=D0=94=D0=BE=D0=BC=',
        '=D0=B0):+14085550123',
      ],
      ada,
    ],
    [
      'with a label broken twice, and one on one line',
      [
        'FN:Ada Winter',
        'TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=',
        '=C3=9Cber=',
        'gang):+14085550123',
        'TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=C3=9C):+14085550124',
      ],
      { ...ada, phoneNumbers: ['+14085550123', '+14085550124'] },
    ],
    ['with a label that holds a colon', ['FN:Ada Winter', 'TEL;X-Desk: left:+14085550123'], ada],
    ...['p123', 'P123', 'w123', ',123', ',,123#', ';123', ' p 123'].map(
      (pause) => [`with a pause, ${pause}`, ['FN:Ada Winter', `TEL;CELL:+14085550123${pause}`], ada] as const,
    ),
    [
      'with a fax that its label tells',
      [
        'FN:Ada Winter',
        'item1.TEL:+14085550199',
        'item1.X-ABLabel:Work Fax',
        'item2.TEL:+14085550123',
        'item2.X-ABLabel:Desk',
      ],
      ada,
    ],
    ['with a dot for a name', ['N:Winter;Ada', 'FN:.', 'TEL:+14085550123'], ada],
    ['with its number for a name', ['FN:+1 408 555 0123', 'NICKNAME:Ada Winter', 'TEL:+14085550123'], ada],
    ['of nobody but a number', ['FN:+1 408 555 0123', 'TEL:+14085550123'], { ...ada, name: '+1 408 555 0123' }],
    ['of a department', ['N:;;;;', 'ORG:;Sales', 'TEL:+14085550123'], { ...ada, name: 'Sales' }],
    [
      'with several given names',
      ['N:Winter;Ada,Marie;;;Jr., M.D.', 'TEL:+14085550123'],
      { ...ada, name: 'Ada Marie Winter Jr., M.D.' },
    ],
    ['with a pager', ['FN:Ada Winter', 'TEL;PAGER:+14085550199', 'TEL;HOME:+14085550123'], ada],
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
      ['Cleo', 10],
      ['Dora', 13],
    ])
    expect(problems).toEqual([
      { kind: 'noEnd', line: 10 },
      { kind: 'noNumber', line: 6, name: 'Ben Frost' },
      { kind: 'noName', line: 18 },
      { kind: 'noEnd', line: 22 },
    ])
  })

  it('without an end is read as far as it goes, half a line left out, and told', () => {
    const cards = ['Ada', 'Ben'].map((name, index) => `BEGIN:VCARD\nFN:${name}\nTEL:+1408555012${index}\n`)
    const text = `${cards.join('')}TEL:+14085550`
    const { drafts, problems } = read(text)
    expect(drafts.map(({ name, phoneNumbers }) => [name, ...phoneNumbers])).toEqual([
      ['Ada', '+14085550120'],
      ['Ben', '+14085550121'],
    ])
    expect(problems).toEqual([
      { kind: 'noEnd', line: 1 },
      { kind: 'noEnd', line: 4 },
    ])
  })

  it.each([
    ['indented', '  BEGIN:VCARD\n  FN:Ada\n   Winter\n  TEL:+14085550123\n  END:VCARD\n'],
    ['with blanks behind its colons', 'BEGIN: VCARD\nFN: AdaWinter\nTEL: +14085550123\nEND: VCARD\n'],
  ])('may be %s', (_name, text) => {
    expect(isVcard(text)).toBe(true)
    expect(read(text)).toEqual({ drafts: [{ ...ada, name: 'AdaWinter' }], problems: [] })
  })

  const agent = ['BEGIN:VCARD', 'VERSION:2.1', 'FN:Ben Frost', 'TEL:+14085550124', 'END:VCARD']
  it.each([
    ['on the lines behind it', ['AGENT:', ...agent]],
    ['beginning on its line', ['AGENT:BEGIN:VCARD', ...agent.slice(1)]],
    ['in a group', ['item1.AGENT;VALUE=x:', ...agent]],
  ])("holds the card of somebody's assistant, %s", (_name, lines) => {
    const { drafts, problems } = read(card('VERSION:2.1', 'FN:Ada Winter', 'TEL:+14085550123', ...lines, 'ORG:Harbor'))
    expect(drafts).toMatchObject([
      { name: 'Ada Winter', company: 'Harbor', phoneNumbers: ['+14085550123'] },
      { name: 'Ben Frost', company: undefined, phoneNumbers: ['+14085550124'] },
    ])
    expect(problems).toEqual([])
  })

  it('has its assistant written in one line, as version 3.0 does, left aside', () => {
    const line = 'AGENT:BEGIN:VCARD\\nFN:Ben Frost\\nTEL:+14085550124\\nEND:VCARD\\n'
    expect(read(card('VERSION:3.0', 'FN:Ada Winter', line, 'TEL:+14085550123'))).toEqual({
      drafts: [ada],
      problems: [],
    })
  })

  it('is told when the card within it has no end, and so neither has it', () => {
    const { drafts, problems } = read(card('FN:Ada Winter', 'TEL:+14085550123', 'AGENT:', ...agent.slice(0, -1)))
    expect(drafts.map(({ name }) => name)).toEqual(['Ada Winter', 'Ben Frost'])
    expect(problems).toEqual([{ kind: 'noEnd', line: 1 }])
  })

  it('may be one of a list that is written as a card', () => {
    const { drafts, problems } = read(`BEGIN:VCARD\n${card('FN:Ada Winter', 'TEL:+14085550123')}END:VCARD\n`)
    expect(drafts).toEqual([{ ...ada, line: 2 }])
    expect(problems).toEqual([])
  })

  it('may be in a list that has something to say of itself', () => {
    const cards = card('FN:Ada Winter', 'TEL:+14085550123') + card('FN:Ben Frost', 'TEL:+14085550124')
    const { drafts, problems } = read(`BEGIN:VCARD\nVERSION:2.1\nX-DL:Friends\n${cards}END:VCARD\n`)
    expect(drafts).toMatchObject([{ name: 'Ada Winter' }, { name: 'Ben Frost' }])
    expect(problems).toEqual([])
  })

  it('may begin on the line on which another ends', () => {
    const cards = card('FN:Ada Winter', 'TEL:+14085550123').trimEnd() + card('FN:Ben Frost', 'TEL:+14085550124')
    expect(read(cards)).toMatchObject({
      drafts: [
        { name: 'Ada Winter', phoneNumbers: ['+14085550123'] },
        { name: 'Ben Frost', phoneNumbers: ['+14085550124'] },
      ],
      problems: [],
    })
  })

  it.each([
    ['FN;ENCODING=b:QWRhIFdpbnRlcg==', 'Ada Winter'],
    ['FN;CHARSET=UTF-8;BASE64:Wm/DqyBXaW50ZXI=', 'Zoë Winter'],
    ['FN;ENCODING=b:Zoë', 'Zoë'],
  ])('may have text in base64: %s', (property, name) => {
    expect(read(card(property, 'TEL:+14085550123')).drafts).toMatchObject([{ name }])
  })

  it.each([
    ['N:山田;花子;;;', '山田 花子'],
    ['N:김;하나', '김 하나'],
    ['N:Yamada;花子', '花子 Yamada'],
    ['N:Winter;Ada;Marie;Dr.;Jr.', 'Ada Marie Winter Jr.'],
  ])('that has its name in parts has it as it is said: %s', (property, name) => {
    expect(read(card(property, 'TEL:+14085550123')).drafts).toMatchObject([{ name }])
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

describe('a file of cards that was cut', () => {
  const body = 'VERSION:3.0\nFN:Ada Winter\nTEL:+14085550123\n'
  const ben = card('FN:Ben Frost', 'TEL:+14085550124')

  it.each([
    ['at its beginning', `${body}END:VCARD\n${ben}`, 1],
    ['in the middle', `${ben}${body}END:VCARD\n${ben}`, 5],
    ['on both sides of a card', `${body}${ben}`, 1],
    ['at its end, the beginning missing as well', `${ben}${body}`, 5],
  ])('%s: whoever has no beginning is read and told', (_name, text, line) => {
    const { drafts, problems } = read(text)
    expect(drafts.find(({ name }) => name === 'Ada Winter')).toEqual({ ...ada, line })
    expect(problems).toEqual([{ kind: 'noEnd', line }])
  })

  it('what stands between cards and is nobody costs nothing', () => {
    const { drafts, problems } = read(`MIME-Version: 1.0\n\n${ben}END:VCARD\nX-NOTE:1\n`)
    expect([drafts.length, problems]).toEqual([1, []])
  })
})
