import { describe, expect, it } from 'vitest'
import { importFile, type Listed, n1, n2, n3, n4 } from './import-file.ts'

/** Lists that people keep themselves: what stands above and beside the names, and which columns the names are in. */

const LISTS: Record<string, Listed> = {
  'a list with titles that nobody knows': {
    titles: 'Wer,Wo,Erste Wahl,Zweite Wahl,Stand',
    rows: [`Ada Winter,Berlin,${n1},${n2},2026-01-02`, `Ben Frost,Berlin,,${n3},2026-01-02`],
    people: [
      ['Ada Winter', n1, n2],
      ['Ben Frost', n3],
    ],
  },
  'a list of colleagues': {
    titles: 'First Name,Last Name,Extension',
    rows: ['Ada,Winter,204', 'Ben,Frost,205'],
    people: [
      ['Ada Winter', 'ext:204'],
      ['Ben Frost', 'ext:205'],
    ],
  },
  'an Indian list': {
    titles: 'Sr. No.,Name,Contact No.,Ph. No.,City',
    rows: [`1,Ada Winter,${n1},${n2},Pune`, `2,Ben Frost,${n3},,Pune`],
    people: [
      ['Ada Winter', n1, n2],
      ['Ben Frost', n3],
    ],
  },
  'a list of lines': {
    titles: 'Employee Number,Full Name,Direct Dial,Main Line,DID,Speed Dial',
    rows: [`1042,Ada Winter,${n1},${n2},${n3},17`, `1043,Ben Frost,${n4},,,18`],
    people: [
      ['Ada Winter', n1, n2, n3],
      ['Ben Frost', n4],
    ],
  },
  'a list of customers by number': {
    titles: 'Customer Number,Customer Name,Phone',
    rows: [`100045,Ada Winter,${n1}`, `100046,Ben Frost,${n2}`],
    people: [
      ['Ada Winter', n1],
      ['Ben Frost', n2],
    ],
  },
  'a list with whose customers they are': {
    titles: 'Owner Name,Owner First Name,Full Name,Phone',
    rows: [`Ines Moreau,Ines,Ada Winter,${n1}`, `Ines Moreau,Ines,Ben Frost,${n2}`],
    people: [
      ['Ada Winter', n1],
      ['Ben Frost', n2],
    ],
  },
  'a list of customers by CID': {
    titles: 'CID,Name,Phone',
    rows: [`4085550000,Ada Winter,${n1}`, `4085550001,Ben Frost,${n2}`],
    people: [
      ['Ada Winter', n1],
      ['Ben Frost', n2],
    ],
  },
  'a list with initials': {
    titles: 'First,MI,Last,Phone',
    rows: [`John,A,Smith,${n1}`, `John,B,Smith,${n1}`],
    people: [
      ['John A Smith', n1],
      ['John B Smith', n1],
    ],
  },
}

describe('contacts as they come from', () => {
  it.each(Object.entries(LISTS))('%s', (_name, { titles, rows, people }) => {
    expect(importFile([titles, ...rows, ''].join('\r\n'))).toEqual({ people, problems: [] })
  })

  it.each([
    ['a heading and a date', 'Contacts of Harbor,,\r\nMade 2026-01-02,,\r\n,,\r\n', 2],
    ['an address with a number', '"Harbor, 1 Main St, +1 408 555 0100",,\r\n', 1],
  ])('a list with %s above its titles', (_name, heading, count) => {
    const { people, problems } = importFile(
      `${heading}Last name,First name,Phone\r\nWinter,Ada,${n1}\r\nFrost,Ben,${n2}\r\n`,
    )
    expect(people).toEqual([
      ['Ada Winter', n1],
      ['Ben Frost', n2],
    ])
    // Nobody, but told: it might have been somebody.
    expect(problems).toMatchObject(Array.from({ length: count }, () => ({ kind: 'noNumber' })))
  })

  it('lists that were put together with their titles', () => {
    expect(importFile(`Name,Phone\nAda Winter,${n1}\nName,Phone\nBen Frost,${n2}\n`)).toEqual({
      people: [
        ['Ada Winter', n1],
        ['Ben Frost', n2],
      ],
      problems: [],
    })
  })

  it('a list without titles, and a word beside each name that many have', () => {
    const text = `Winter,active,${n1}\nFrost,active,${n2}\nOkonkwo,active,${n3}\n`
    expect(importFile(text).people.map(([name]) => name)).toEqual(['Winter', 'Frost', 'Okonkwo'])
  })

  it('a list without titles, names in two halves', () => {
    expect(importFile(`Ada,Winter,${n1}\nAda,Frost,${n1}\n`)).toEqual({
      people: [
        ['Ada Winter', n1],
        ['Ada Frost', n1],
      ],
      problems: [],
    })
  })

  it('a list whose full names stand beside last names', () => {
    const { people } = importFile(`Nome,Cognome,Telefono\nAda Winter,Winter,${n1}\nBen Frost,Frost,${n2}\n`)
    expect(people).toEqual([
      ['Ada Winter', n1],
      ['Ben Frost', n2],
    ])
  })

  it('a list whose records have ids that look like numbers', () => {
    const row = `19992b1e-0000-4000-8000-000000000001,Ada Winter,${n1}`
    expect(importFile(`(Do Not Modify) Contact,Full Name,Business Phone\n${row}\n`)).toEqual({
      people: [['Ada Winter', n1]],
      problems: [],
    })
  })

  it('a list whose full names stand beside first names', () => {
    const { people } = importFile(`Name,First name,Phone\nAda Winter,Ada,${n1}\n"Frost, Ben",Ben,${n2}\n`)
    expect(people).toEqual([
      ['Ada Winter', n1],
      ['Frost, Ben', n2],
    ])
  })

  it('whoever has no number in it is named with the reason', () => {
    const { people, problems } = importFile(
      `Name,Phone,Home\nAda Winter,,\nBen Frost,n/a,\nCleo North,${n1},none\n,${n2},\n`,
    )
    expect(people).toEqual([['Cleo North', n1]])
    expect(problems).toEqual([
      { kind: 'noNumber', line: 2, name: 'Ada Winter' },
      { kind: 'noName', line: 5 },
      { kind: 'notANumber', line: 3, name: 'Ben Frost', text: 'n/a' },
    ])
  })
})
