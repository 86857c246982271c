import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeCsv } from '../../../../entrypoints/lib/export/csv.ts'
import { EXPORT_COLUMNS, exportCall } from '../../../../entrypoints/lib/export/exported-call.ts'
import { buildRow } from '../store/row.ts'

const row = buildRow({
  telephonySessionId: 's-1',
  startedMs: Date.parse('2026-03-29T07:12:44.123Z'),
  name: 'Ada Winter',
  phoneNumber: '+14085550123',
  queueName: 'Support queue',
  ringMs: 7345,
  talkMs: 12_414,
  holdMs: 2393,
  takenBy: { isMe: false, name: 'Carl Moreau', afterMs: 14_000 },
  missingSequences: [4, 5],
})
const facts = {
  note: { text: 'wants the blue one', tags: ['VIP', 'bikes'] },
  returned: undefined,
  customerCallId: 's-0',
}

/** Reads CSV with a parser that is not the one that wrote it. */
const read = (csv: string): Record<string, string>[] => parse(csv, { columns: true, bom: true })

describe('calls as CSV', () => {
  it('have one stable column a figure, with its unit in the name', () => {
    expect(read(writeCsv([exportCall(row, facts)], { hasMark: false }))).toEqual([
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
      },
    ])
  })

  it('say the moment they began, whatever the offset', () => {
    const [call] = read(writeCsv([exportCall(row, facts)], { hasMark: false }))
    expect(Date.parse(call?.started_at ?? '')).toBe(row.startedMs)
  })

  it('begin with a byte order mark on request', () => {
    expect(writeCsv([], { hasMark: true }).charCodeAt(0)).toBe(0xfeff)
    expect(writeCsv([], { hasMark: false })).toBe(`${EXPORT_COLUMNS.join(',')}\r\n`)
  })

  it.each(['=cmd()', '+1+2', '-5', '@sum', '\t=1', '\r=1', '=first\nsecond', '  =1', '\uFF1D1'])(
    'defuse %j, which a spreadsheet would run',
    (name) => {
      const [call] = read(writeCsv([exportCall({ ...row, name }, facts)], { hasMark: false }))
      expect(call?.name).toBe(`'${name}`)
    },
  )

  it('come back as they were from another parser, whatever is in a name or a note', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('"', 'a,b', 'x\r\ny', "'", '\u202Eevil', '😀', ' '),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(nasty, nasty), { maxLength: 5 }), (texts) => {
        const calls = texts.map(([name, text]) => exportCall({ ...row, name }, { ...facts, note: { text, tags: [] } }))
        const told = read(writeCsv(calls, { hasMark: false })).map(({ name, note }) => [name, note])
        const plain = (text: string | undefined) => text?.replace(/^'(?=\s*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/, '')
        expect(told.map((pair) => pair.map(plain))).toEqual(texts.map((pair) => pair.map(plain)))
      }),
    )
  })
})
