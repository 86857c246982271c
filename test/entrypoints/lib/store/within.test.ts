import { describe, expect, it } from 'vitest'
import { within } from '../../../../entrypoints/lib/store/within.ts'
import { createManualClock } from '../../../support/manual-clock.ts'

const clock = () => createManualClock(0, () => Promise.resolve())

describe('waiting with an end', () => {
  it('gives what came in time, and keeps no timer', async () => {
    let cancelled = 0
    const after = () => () => {
      cancelled += 1
    }
    expect(await within(1000, Promise.resolve('in time'), after)).toBe('in time')
    await expect(within(1000, Promise.reject(new Error('no')), after)).rejects.toThrow('no')
    expect(cancelled).toBe(2)
  })

  it('ends when nothing came', async () => {
    const { after, moveTo } = clock()
    const waiting = expect(within(1000, new Promise(() => {}), after)).rejects.toMatchObject({ name: 'TimeoutError' })
    await moveTo(999)
    await moveTo(1000)
    await waiting
  })
})
