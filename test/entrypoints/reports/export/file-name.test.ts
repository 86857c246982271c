import { expect, it } from 'vitest'
import { nameCallsFile, nameStreamFile } from '../../../../entrypoints/reports/export/file-name.ts'

it.each([
  ['2026-03-01', '2026-03-29', 'ringside-calls-2026-03-01-to-2026-03-29.csv'],
  ['2026-03-29', '2026-03-29', 'ringside-calls-2026-03-29.csv'],
])('from %s to %s it is %s', (fromDay, toDay, name) => {
  expect(nameCallsFile({ fromDay, toDay }, 'csv')).toBe(name)
})

it('keeps what an id may hold out of a path', () => {
  expect(nameStreamFile('s-a0d1')).toBe('ringside-call-s-a0d1.jsonl')
  expect(nameStreamFile('../s:1')).toBe('ringside-call-.._s_1.jsonl')
})
