import { expect, test } from 'vitest'
import { SECOND_MS } from '../../../shared/time.ts'
import { type Crowd, createCrowd } from './crowd.ts'

const START_MS = Date.parse('2026-03-10T16:00:00Z')

/** Sessions in which somebody has a part. */
function countLive(crowd: Crowd): number {
  const { extensions } = crowd.truth()
  return new Set(
    [...extensions.values()].flatMap(({ live }) => live.map(({ telephonySessionId }) => telephonySessionId)),
  ).size
}

test('a crowd stays as full as it was told to be, and tells as many events a second', () => {
  const crowd = createCrowd({ seed: 5, startMs: START_MS, liveCalls: 400, eventsPerSecond: 300 })
  expect(countLive(crowd)).toBe(400)
  const perSecond = Array.from({ length: 10 }, () => crowd.next(SECOND_MS).length)
  expect(Math.abs(perSecond.reduce((sum, count) => sum + count, 0) - 3000)).toBeLessThan(150)
  expect(crowd.nowMs()).toBeGreaterThanOrEqual(START_MS + 10 * SECOND_MS)
  // Those that began in the last moment have not been told yet.
  expect(Math.abs(countLive(crowd) - 400)).toBeLessThan(20)
})

test('its events come in the order of time, numbered without a gap', () => {
  const crowd = createCrowd({ seed: 6, startMs: START_MS, liveCalls: 50, eventsPerSecond: 100 })
  const sequences = new Map<string, number>()
  let lastMs = 0
  for (const { body } of [...crowd.opening, ...crowd.next(10 * SECOND_MS)]) {
    expect(body.sequence).toBe((sequences.get(body.telephonySessionId) ?? 1) + 1)
    sequences.set(body.telephonySessionId, body.sequence)
    expect(Date.parse(body.eventTime)).toBeGreaterThanOrEqual(lastMs)
    lastMs = Date.parse(body.eventTime)
  }
})

test('some wait in queues, some are on hold, and the company knows all of them', () => {
  const { truth, company } = createCrowd({ seed: 7, startMs: START_MS, liveCalls: 300, eventsPerSecond: 300 })
  const { extensions, queues } = truth()
  const ids = new Set(company.people.map(({ extensionId }) => extensionId))
  for (const id of extensions.keys()) expect(ids).toContain(id)
  expect(ids.size).toBe(company.people.length)
  expect([...queues.values()].reduce((sum, { waiting }) => sum + waiting.length, 0)).toBeGreaterThan(3)
})
