import { beforeEach, describe, expect, it } from 'vitest'
import { createUpdateTaker } from '../../../entrypoints/background/update.ts'

let waiting: string
let isIdle: boolean
let taken: number

beforeEach(() => {
  waiting = ''
  isIdle = true
  taken = 0
})

/** As a worker has it that has just been started. */
const begin = (version = '1.0') =>
  createUpdateTaker({
    version,
    waiting: {
      getValue: async () => waiting,
      setValue: async (value) => {
        waiting = value
      },
    },
    isIdle: async () => isIdle,
    takeOver: () => {
      taken += 1
    },
  })

const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('a new version', () => {
  it('is taken over at once when nobody is disturbed, and once', async () => {
    const update = begin()
    update.offer('1.1')
    update.look()
    await settled()
    update.look()
    await settled()
    expect(taken).toBe(1)
  })

  it('waits while somebody is, also in a worker that was ended meanwhile', async () => {
    isIdle = false
    begin().offer('1.1')
    await settled()
    const update = begin()
    update.look()
    await settled()
    expect(taken).toBe(0)
    isIdle = true
    update.look()
    await settled()
    expect(taken).toBe(1)
  })

  it('that runs by now is not waited for, nor one that nobody offered', async () => {
    waiting = '1.1'
    begin('1.1').look()
    waiting = ''
    begin().look()
    await settled()
    expect(taken).toBe(0)
  })
})
