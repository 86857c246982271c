import { describe, expect, it } from 'vitest'
import { judge } from '../../../entrypoints/reports/change.ts'
import { createOnly, type Only } from '../../../entrypoints/reports/only.ts'
import { describeCalls } from '../../../entrypoints/reports/report-call.ts'
import { createCalendar } from '../../../shared/metrics/tally-calendar.ts'
import { HOUR_MS } from '../../../shared/time.ts'
import { buildRow } from '../lib/store/row.ts'

const missed = { outcome: 'missed', numberKey: 'tel:+14085550123' } as const
const calls = describeCalls(
  [
    buildRow({ telephonySessionId: 'quick', startedMs: HOUR_MS, ringMs: 3000, talkMs: 5000, holdMs: 2000 }),
    buildRow({ telephonySessionId: 'slow', startedMs: 2 * HOUR_MS, ringMs: 30_000, talkMs: 5000, isEstimate: true }),
    buildRow({ telephonySessionId: 'waiting', ...missed, callerWaitMs: 0 }),
    buildRow({ telephonySessionId: 'returned', ...missed }),
    buildRow({ telephonySessionId: 'elsewhere', outcome: 'answeredElsewhere' }),
  ],
  createCalendar('UTC'),
)
const context = {
  returned: new Map([['returned', { telephonySessionId: 'later', startedMs: 5, how: 'calledBack' } as const]]),
  withVoicemails: true,
  goalMs: 20_000,
}

describe('behind a figure', () => {
  it.each<[Only, readonly string[]]>([
    [{ kind: 'count', name: 'answered' }, ['quick', 'slow']],
    [{ kind: 'count', name: 'missed' }, ['waiting', 'returned']],
    [{ kind: 'count', name: 'other' }, ['elsewhere']],
    [{ kind: 'count', name: 'notReturned' }, ['waiting']],
    [{ kind: 'count', name: 'within' }, ['quick']],
    [{ kind: 'count', name: 'within', limitMs: 30_000 }, ['quick', 'slow']],
    [{ kind: 'time', name: 'hold' }, ['quick']],
    [{ kind: 'time', name: 'ring', fromMs: 3000, toMs: 30_000 }, ['slow']],
    [{ kind: 'time', name: 'ring', toMs: 3000 }, ['quick']],
    // Of whoever called, even who did not wait at all; of an outgoing call nobody waits.
    [{ kind: 'time', name: 'callerWait' }, ['waiting']],
    [{ kind: 'count', name: 'offered' }, ['quick', 'slow', 'waiting', 'returned']],
    [{ kind: 'count', name: 'estimates' }, ['slow']],
    [{ kind: 'result', result: 'answeredElsewhere' }, ['elsewhere']],
    [{ kind: 'hour', hour: 2 }, ['slow']],
    [{ kind: 'hour', hour: 2, of: { kind: 'result', result: 'missed' } }, []],
    [{ kind: 'number', numberKey: 'tel:+14085550123' }, ['waiting', 'returned']],
    [{ kind: 'number', numberKey: 'tel:+14085550123', of: { kind: 'count', name: 'notReturned' } }, ['waiting']],
  ])('%j are %j', (only, expected) => {
    const listed = calls.filter(createOnly(only, context)).map(({ row }) => row.telephonySessionId)
    expect(listed).toEqual(expected)
  })
})

describe('a change', () => {
  it('is for the better or the worse where a figure should go one way', () => {
    expect(judge({ kind: 'changed', share: -0.2 }, 'less')).toBe('better')
    expect(judge({ kind: 'changed', share: 0.2 }, 'less')).toBe('worse')
    expect(judge({ kind: 'moved', points: 3 }, 'more')).toBe('better')
    expect(judge({ kind: 'changed', share: 0.2 }, undefined)).toBeUndefined()
    expect(judge({ kind: 'same' }, 'more')).toBeUndefined()
  })
})
