import { describe, expect, it } from 'vitest'
import { createMemoryEventLog } from '../../../relay/log/event-log.memory.ts'
import { estimateAnswerTime, readClockOffsetMs } from '../../../relay/repair/platform-time.ts'
import { buildStatusRecord, toNewEvent } from '../../../relay/wire/status-record.ts'
import { HOUR_MS } from '../../../shared/time.ts'
import { newEvent } from '../support/new-event.ts'

/** When an answer was made, by RingCentral's clock. */

const DATE_MS = Date.parse('2026-01-05T09:00:00Z')

describe('the moment of an answer', () => {
  it.each<[what: string, given: Parameters<typeof estimateAnswerTime>[0], expected: number]>([
    ['is its date', { dateMs: DATE_MS, askedAtMs: DATE_MS + HOUR_MS, offsetMs: undefined }, DATE_MS],
    [
      'within that second, where the events put it',
      { dateMs: DATE_MS, askedAtMs: DATE_MS + 740, offsetMs: 40 },
      DATE_MS + 700,
    ],
    ['not before its second', { dateMs: DATE_MS, askedAtMs: DATE_MS - 5000, offsetMs: 0 }, DATE_MS],
    ['not after its second', { dateMs: DATE_MS, askedAtMs: DATE_MS + 5000, offsetMs: 0 }, DATE_MS + 999],
    [
      'without a date by the events alone',
      { dateMs: undefined, askedAtMs: DATE_MS, offsetMs: HOUR_MS },
      DATE_MS - HOUR_MS,
    ],
    ['without either by the relay’s clock', { dateMs: undefined, askedAtMs: DATE_MS, offsetMs: undefined }, DATE_MS],
  ])('%s', (_what, given, expected) => {
    expect(estimateAnswerTime(given)).toBe(expected)
  })
})

describe('how far the clocks are apart', () => {
  const STAMPED_MS = Date.parse('2026-01-05T09:00:00.050Z')

  it('is told by the event that took the least time', async () => {
    const log = createMemoryEventLog()
    for (const [sequence, tookMs] of [90, 30, 60].entries()) {
      await log.append(newEvent('s-1', sequence, ['1'], STAMPED_MS + tookMs))
    }
    await log.append(toNewEvent(buildStatusRecord('s-1', 0, undefined), STAMPED_MS + 5))
    expect(await readClockOffsetMs(log)).toBe(30)
  })

  it('may be less than nothing', async () => {
    const log = createMemoryEventLog()
    await log.append(newEvent('s-1', 2, ['1'], STAMPED_MS - HOUR_MS))
    expect(await readClockOffsetMs(log)).toBe(-HOUR_MS)
  })

  it('is not known without events', async () => {
    expect(await readClockOffsetMs(createMemoryEventLog())).toBeUndefined()
  })
})
