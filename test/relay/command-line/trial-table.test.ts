import { expect, it } from 'vitest'
import { formatTrial } from '../../../relay/command-line/trial-table.ts'
import type { TriedHit, TriedRules } from '../../../relay/routing/try/try-rules.ts'
import { formatInstant, MINUTE_MS } from '../../../shared/time.ts'

const START_MS = Date.parse('2026-01-08T18:00:00Z')

const HIT: TriedHit = {
  telephonySessionId: 's-1',
  at: formatInstant(START_MS),
  moment: 'after 6 s of ringing',
  caller: '+14085550123',
  act: 'forward to extension id 400104',
}

const format = (...rules: TriedRules['rules']) =>
  formatTrial({ timeZone: 'America/Los_Angeles', since: formatInstant(START_MS - 60 * MINUTE_MS), rules })

it('tells rule by rule, in the time zone of the rules, which calls it would have caught', () => {
  const withheld: TriedHit = {
    telephonySessionId: 's-2',
    at: formatInstant(START_MS + 61 * MINUTE_MS),
    moment: 'once connected',
    act: 'put device 400809 on the call',
  }
  expect(format({ name: 'First', hits: [HIT, withheld] }, { name: 'Second', hits: [] })).toEqual([
    'What the rules would have done since 2026-01-08 09:00:00, times in America/Los_Angeles:',
    '',
    'First: 2 times',
    '  2026-01-08 10:00:00  +14085550123  after 6 s of ringing  forward to extension id 400104',
    '  2026-01-08 11:01:00  withheld      once connected        put device 400809 on the call',
    '',
    'Second: nothing',
  ])
})

it('counts apart where another rule was first, and names it', () => {
  const after = { ...HIT, first: 'First' }
  expect(format({ name: 'Second', hits: [HIT, after] }).slice(2)).toEqual([
    'Second: 1 time, and 1 more where another rule was first',
    '  2026-01-08 10:00:00  +14085550123  after 6 s of ringing  forward to extension id 400104',
    '  2026-01-08 10:00:00  +14085550123  after 6 s of ringing  forward to extension id 400104  after "First"',
  ])
  expect(format({ name: 'Second', hits: [after] })[2]).toBe('Second: nothing, and 1 more where another rule was first')
})

it('shows the latest twenty, and says how many are not shown', () => {
  const hits = Array.from({ length: 23 }, (_, minute) => ({ ...HIT, at: formatInstant(START_MS + minute * MINUTE_MS) }))
  const lines = format({ name: 'Many', hits }).slice(2)
  expect(lines.slice(0, 2)).toEqual(['Many: 23 times', '  … 3 earlier ones: --json lists them'])
  expect(lines.slice(2)).toHaveLength(20)
  expect(lines[2]).toContain('10:03:00')
  expect(lines.at(-1)).toContain('10:22:00')
})

it('lets no text of a file or of a call steer the terminal', () => {
  const red = '\u001b[31m'
  const hit = { ...HIT, caller: `+1${red}`, act: `reply "${red}"`, first: `First${red}` }
  const text = format({ name: `Red${red}`, hits: [hit] }).join('')
  expect(text).toContain('Red?[31m: nothing')
  expect(text).not.toContain('\u001b')
})
