import { describe, expect, it } from 'vitest'
import { writeExcel } from '../../../../entrypoints/reports/export/excel.ts'
import { EXPORT_COLUMNS, type ExportedCall, exportCall } from '../../../../entrypoints/reports/export/exported-call.ts'
import { readExcelDate, readWorkbook } from '../../../support/read-workbook.ts'
import { buildRow } from '../../lib/store/row.ts'

const row = buildRow({
  telephonySessionId: 's-1',
  startedMs: Date.parse('2026-03-29T07:12:44.123Z'),
  name: '=cmd()|Foo;=1',
  phoneNumber: '+493023125012',
  ringMs: 7345,
  part: { kind: 'consultation', ofId: '0001' },
})
const facts = {
  note: { text: '007', tags: ['VIP', '+1'] },
  returned: {
    how: 'calledBack',
    telephonySessionId: 's-2',
    startedMs: Date.parse('2026-12-01T23:30:00Z'),
  } as const,
}

async function read(calls: readonly ExportedCall[]) {
  const parts = await writeExcel(calls, () => {})
  return readWorkbook(new Uint8Array(await new Blob([...parts]).arrayBuffer()))
}

describe('calls as a workbook', () => {
  it('have numbers, ids and what people wrote as text, times as numbers', async () => {
    const [head, cells] = await read([exportCall(row, facts)])
    expect(head).toEqual(EXPORT_COLUMNS)
    const call = Object.fromEntries(EXPORT_COLUMNS.map((column, index) => [column, cells?.[index]]))
    expect(call).toMatchObject({
      telephony_session_id: 's-1',
      customer_call_id: '0001',
      name: '=cmd()|Foo;=1',
      number: '+493023125012',
      note: '007',
      tags: 'VIP; +1',
      ring_ms: 7345,
      is_estimate: false,
      taken_by: undefined,
    })
  })

  it('have moments as dates by the clock on the wall', async () => {
    const exported = exportCall(row, facts)
    const [, cells] = await read([exported])
    for (const column of ['started_at', 'returned_at'] as const) {
      const date = readExcelDate(cells?.[EXPORT_COLUMNS.indexOf(column)] as number)
      expect(date.slice(0, -1)).toBe(exported[column]?.slice(0, date.length - 1))
    }
  })

  it('are all there, in their order', async () => {
    const calls = Array.from({ length: 500 }, (_, index) =>
      exportCall({ ...row, telephonySessionId: `s-${index}` }, facts),
    )
    const rows = await read(calls)
    expect(rows.slice(1).map(([id]) => id)).toEqual(calls.map(({ telephony_session_id: id }) => id))
  })

  it('hold what no workbook can hold as far as they can', async () => {
    const note = { text: `a\u0000<b>&\n${'x'.repeat(40_000)}`, tags: [] }
    const [, cells] = await read([exportCall(row, { ...facts, note })])
    expect(cells?.[EXPORT_COLUMNS.indexOf('note')]).toMatch(/^a<b>&\nx{30000}/)
  })
})
