import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHUNK_CALLS } from '../../../../entrypoints/reports/export/chunks.ts'
import { writeCsv } from '../../../../entrypoints/reports/export/csv.ts'
import { EXPORT_COLUMNS, type ExportedCall, exportCall } from '../../../../entrypoints/reports/export/exported-call.ts'
import { buildRow } from '../../lib/store/row.ts'

const row = buildRow({
  telephonySessionId: 's-1',
  startedMs: Date.parse('2026-03-29T07:12:44.123Z'),
  name: 'Ada Winter',
  phoneNumber: '+14085550123',
  queueName: 'Support queue',
  ringMs: 7345,
  talkMs: 12_414,
  holdMs: 2393,
  longestHoldMs: 2000,
  takenBy: { isMe: false, name: 'Carl Moreau', afterMs: 14_000 },
  missingSequences: [4, 5],
  part: { kind: 'consultation', ofId: 's-0' },
})
const facts = {
  note: { text: 'wants the blue one', tags: ['VIP', 'bikes'] },
  returned: undefined,
}

const write = (calls: readonly ExportedCall[], hasMark = false) => [...writeCsv(calls, { hasMark })].join('')

/** Reads CSV with a parser that is not the one that wrote it. */
const read = (csv: string): Record<string, string>[] => parse(csv, { columns: true, bom: true })

describe('calls as CSV', () => {
  it('have one stable column a figure, with its unit in the name', () => {
    expect(read(write([exportCall({ ...row, nameSource: 'contact' }, facts)]))).toEqual([
      {
        telephony_session_id: 's-1',
        customer_call_id: 's-0',
        started_at: expect.stringMatching(/^2026-03-\d\dT\d\d:\d\d:44\.123[+-]\d\d:\d\d$/),
        direction: 'inbound',
        name: 'Ada Winter',
        number: '+14085550123',
        queue: 'Support queue',
        outcome: 'answered',
        taken_by: 'Carl Moreau',
        taken_by_me: 'false',
        taken_after_ms: '14000',
        returned_at: '',
        ring_ms: '7345',
        talk_ms: '12414',
        hold_ms: '2393',
        two_way_talk_ms: '',
        caller_wait_ms: '',
        is_estimate: 'false',
        missing_sequences: '4; 5',
        note: 'wants the blue one',
        tags: 'VIP; bikes',
        name_source: 'contact',
        longest_hold_ms: '2000',
      },
    ])
  })

  it('say the moment they began, whatever the offset', () => {
    const [call] = read(write([exportCall(row, facts)]))
    expect(Date.parse(call?.started_at ?? '')).toBe(row.startedMs)
  })

  it('begin with a byte order mark on request', () => {
    expect(write([], true).charCodeAt(0)).toBe(0xfeff)
    expect(write([])).toBe(`${EXPORT_COLUMNS.join(',')}\r\n`)
  })

  it('have the columns of earlier versions in their places, and new ones last', () => {
    expect(EXPORT_COLUMNS.slice(12, 17)).toEqual(['ring_ms', 'talk_ms', 'hold_ms', 'two_way_talk_ms', 'caller_wait_ms'])
    expect(EXPORT_COLUMNS.slice(21)).toEqual(['name_source', 'longest_hold_ms'])
  })

  it.each([
    ['=cmd()', "'=cmd()"],
    ['+1+2', "'+1+2"],
    ['-5', "'-5"],
    ['@sum', "'@sum"],
    ['\t=1', "'\t'=1"],
    ['\r=1', "'\r'=1"],
    ['=first\nsecond', "'=first\nsecond"],
    ['first\n=second', "first\n'=second"],
    ['  =1', "'  =1"],
    ['\uFF1D1', "'\uFF1D1"],
    ['Foo;=cmd', "Foo;'=cmd"],
    ['Foo; =cmd;+1;@x', "Foo;' =cmd;'+1;'@x"],
    ['Foo;"=cmd"', 'Foo;\'"=cmd"'],
    ['Foo,=cmd', "Foo,'=cmd"],
    ['Foo|-cmd', "Foo|'-cmd"],
    ['Foo;\u0000=cmd', "Foo;'\u0000=cmd"],
    ['Foo;\u200B=cmd', "Foo;'\u200B=cmd"],
    ['Foo\t\uFF0B1', "Foo\t'\uFF0B1"],
  ])('defuse %j, which a spreadsheet would run', (name, defused) => {
    const [call] = read(write([exportCall({ ...row, name }, facts)]))
    expect(call?.name).toBe(defused)
  })

  it.each(['Winter; Ada', 'a=b', '+14085550123', 'Winter-Frost', '5 - 3', 'ada@example.com', '1;2'])(
    'leave %j as it is',
    (name) => {
      const [call] = read(write([exportCall({ ...row, name }, facts)]))
      expect(call?.name).toBe(name)
    },
  )

  it('hold no formula wherever a spreadsheet splits them', () => {
    const part = fc.constantFrom(';', ',', '\t', '|', '\n', '\r', '=', '+', '-', '@', '"', ' ', 'a', '1')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const [call] = read(write([exportCall({ ...row, name: parts.join('') }, facts)]))
        const cells = call?.name?.split(/[;,\t|\r\n]/) ?? []
        for (const cell of cells) if (!/^\+\d+$/.test(call?.name ?? '')) expect(cell).not.toMatch(/^[\s"]*[=+\-@]/)
      }),
    )
  })

  it('with a long run of blanks are written in time that grows with it, or this takes hours', () => {
    const name = `Foo${'\t'.repeat(1_000_000)}=cmd`
    const [call] = read(write([exportCall({ ...row, name }, facts)]))
    expect(call?.name).toBe(`Foo${"\t'".repeat(1_000_000)}=cmd`)
  })

  it('are all there, in their order, when they are many', () => {
    const ids = Array.from({ length: 2 * CHUNK_CALLS + 1 }, (_, index) => `s-${index}`)
    const calls = ids.map((telephonySessionId) => exportCall({ ...row, telephonySessionId }, facts))
    expect(read(write(calls)).map(({ telephony_session_id }) => telephony_session_id)).toEqual(ids)
  })

  it('come back as they were from another parser, whatever is in a name or a note', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('"', 'a,b', 'x\r\ny', "'", '\u202Eevil', '😀', ' '),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(nasty, nasty), { maxLength: 5 }), (texts) => {
        const calls = texts.map(([name, text]) => exportCall({ ...row, name }, { ...facts, note: { text, tags: [] } }))
        const told = read(write(calls)).map(({ name, note }) => [name, note])
        const plain = (text: string | undefined) =>
          text?.replace(/(^|[,;|\t\r\n])'(?=[\s"]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g, '$1')
        expect(told.map((pair) => pair.map(plain))).toEqual(texts.map((pair) => pair.map(plain)))
      }),
    )
  })
})
