import { describe, expect, it } from 'vitest'
import { createFloor } from './floor-follower.ts'
import { judge } from './judge.ts'
import { createStoredOurs } from './stored-ours.ts'
import { createUntidyStream } from './untidy-stream.ts'
import { countAllWrongs } from './verdict.ts'

const NONE_WRONG = { revived: 0, ghosts: 0, wrongStates: 0 }

describe('after a stream with repeated, disordered, late and lost events', () => {
  it.each([1, 2])('ours tells every end and every time as it was (seed %i)', (seed) => {
    const verdict = judge(createStoredOurs(), createUntidyStream(seed, 300))
    expect(verdict).toMatchObject({
      complete: NONE_WRONG,
      lossy: NONE_WRONG,
      wrongTimes: 0,
      refusedEvents: 0,
      heldSessions: 0,
    })
    // That there was something to tell.
    expect(verdict.complete.calls).toBeGreaterThan(100)
    expect(verdict.lossy.calls).toBeGreaterThan(50)
    expect(verdict.measuredParties).toBeGreaterThan(200)
    expect(verdict.repairs).toBeGreaterThan(0)
  })

  it('the judge sees what a tracker gets wrong that drops overtaken events and asks nobody', () => {
    const verdict = judge(createFloor(), createUntidyStream(1, 300))
    expect(verdict.complete.ghosts).toBeGreaterThan(0)
    expect(verdict.complete.wrongStates).toBeGreaterThan(0)
    expect(verdict.lossy.ghosts).toBeGreaterThan(0)
    expect(countAllWrongs(verdict)).toBeGreaterThan(0)
  })
})
