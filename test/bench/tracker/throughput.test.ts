import { describe, expect, it } from 'vitest'
import { createFloor } from './floor-follower.ts'
import { createOurs } from './ours.ts'
import { recordTape } from './tape.ts'
import { measureThroughput } from './throughput.ts'

describe('measureThroughput', () => {
  const tape = recordTape(10, 2500)

  it('has ours and the floor read the same of the same events', () => {
    const [ours, floor] = [measureThroughput(createOurs(), tape, 500), measureThroughput(createFloor(), tape, 500)]
    expect(ours.livePartiesRead).toBe(floor.livePartiesRead)
    expect(ours.livePartiesRead).toBeGreaterThan(2000)
    expect(ours.eventsPerSecond).toBeGreaterThan(0)
  })

  it('tracks so many calls at a time', () => {
    const sessions = new Set(
      recordTape(10, 10)
        .parse(0, 10)
        .map(({ raw }) => (raw as { body: { telephonySessionId: string } }).body.telephonySessionId),
    )
    expect(sessions.size).toBe(10)
  })
})
