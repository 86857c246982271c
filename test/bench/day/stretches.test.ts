import { describe, expect, it } from 'vitest'
import { AGENTS, inventOffice } from './office.ts'
import { cpuOfDay, DAY_MS, PACE, PLAYED_MS, playStretches, STRETCH_MS, writeEvent } from './stretches.ts'

const office = inventOffice()
const stretches = playStretches(office, 2)
const events = stretches.flat()

it('an office has its agents in teams, each in one', () => {
  const agents = office.queues.flatMap((queue) => queue.agents)
  expect(agents).toHaveLength(AGENTS)
  expect(new Set(agents.map(({ extensionId }) => extensionId)).size).toBe(AGENTS)
  expect(office.people.filter(({ canSignIn }) => canSignIn)).toEqual(agents)
  expect(new Set(office.queues.map(({ extensionId }) => extensionId)).size).toBe(office.queues.length)
})

describe('the stretches of a day', () => {
  it('hold each event once, in order, at a moment within their stretch', () => {
    expect(new Set(events.map(({ uuid }) => uuid)).size).toBe(events.length)
    for (const stretch of stretches) {
      const dues = stretch.map(({ dueMs }) => dueMs)
      expect(dues).toEqual(dues.toSorted((a, b) => a - b))
      expect(dues[0]).toBeGreaterThanOrEqual(0)
      expect(dues.at(-1)).toBeLessThan(PLAYED_MS)
    }
  })

  it('go on where the one before ended', () => {
    const sequences = new Map<string, number>()
    for (const { happening } of events) {
      const { telephonySessionId, sequence } = happening.body
      expect(sequence).toBeGreaterThan(sequences.get(telephonySessionId) ?? 1)
      sequences.set(telephonySessionId, sequence)
    }
    const [before = new Set(), after = new Set()] = stretches.map(
      (all) => new Set(all.map(({ happening }) => happening.body.telephonySessionId)),
    )
    expect([...after].filter((id) => before.has(id)).length).toBeGreaterThan(10)
  })

  it('make a day of the size that is said', () => {
    const perDay = (count: number) => (count * DAY_MS) / (STRETCH_MS * stretches.length)
    const calls = new Set(events.map(({ happening }) => happening.body.telephonySessionId)).size
    expect(perDay(calls)).toBeGreaterThan(9000)
    expect(perDay(calls)).toBeLessThan(13_000)
    expect(events.length / calls).toBeGreaterThan(14)
    expect(events.length / calls).toBeLessThan(20)
  })

  it('tell who has had a part, also of who has left', () => {
    const known = new Map<string, ReadonlySet<string>>()
    for (const { happening, members } of events) {
      const { telephonySessionId, parties } = happening.body
      for (const { extensionId } of parties) if (extensionId !== undefined) expect(members).toContain(extensionId)
      for (const before of known.get(telephonySessionId) ?? []) expect(members).toContain(before)
      known.set(telephonySessionId, members)
    }
  })
})

it('an event is written with the time at which it is played', () => {
  const [, second] = stretches
  const event = second?.at(-1)
  if (event === undefined) throw new Error('a stretch should have events')
  const beganMs = Date.parse('2026-05-04T10:00:00.000Z')
  const { uuid, timestamp, body } = JSON.parse(writeEvent(event, beganMs))
  expect(uuid).toBe(event.uuid)
  expect(timestamp).toBe(body.eventTime)
  expect(Math.abs(Date.parse(body.eventTime) - beganMs - event.dueMs)).toBeLessThanOrEqual(1)
  expect(body.parties).toEqual(event.happening.body.parties)
})

describe('cpuOfDay', () => {
  const stretchesADay = DAY_MS / STRETCH_MS

  it('counts what events cost as often as there are stretches in a day', () => {
    expect(cpuOfDay({ cpuS: 2, idleCpuPerS: 0 })).toBeCloseTo(2 * stretchesADay)
  })

  it('counts being there for as long as the day lasts, and not for sixty times less', () => {
    const idleCpuPerS = 0.01
    expect(cpuOfDay({ cpuS: idleCpuPerS * (PLAYED_MS / 1000), idleCpuPerS })).toBeCloseTo(idleCpuPerS * (DAY_MS / 1000))
    expect(PLAYED_MS * PACE).toBe(STRETCH_MS)
  })
})
