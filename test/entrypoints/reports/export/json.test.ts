import { expect, it } from 'vitest'
import { CHUNK_CALLS } from '../../../../entrypoints/reports/export/chunks.ts'
import { EXPORT_COLUMNS, exportCall } from '../../../../entrypoints/reports/export/exported-call.ts'
import { writeJson } from '../../../../entrypoints/reports/export/json.ts'
import { buildRow } from '../../lib/store/row.ts'

const facts = { note: { text: '"quoted"\n', tags: ['a, b'] }, returned: undefined }

it.each([0, 1, CHUNK_CALLS, CHUNK_CALLS + 1])('%i calls as JSON are the calls', (count) => {
  const calls = Array.from({ length: count }, (_, index) =>
    exportCall(buildRow({ telephonySessionId: `s-${index}` }), facts),
  )
  const written = [...writeJson(calls)].join('')
  expect(JSON.parse(written)).toEqual(calls)
  // A line a call, and one for each bracket.
  if (count > 0) expect(written.trimEnd().split('\n')).toHaveLength(count + 2)
})

it('has the columns that a CSV file has', () => {
  const call = exportCall(buildRow({ telephonySessionId: 's-1' }), facts)
  expect(Object.keys(call).sort()).toEqual([...EXPORT_COLUMNS].sort())
})
