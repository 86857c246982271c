import { beforeEach, expect, it } from 'vitest'
import { type CardExpiry, createCardExpiry } from '../../../../entrypoints/background/calls/card-expiry.ts'
import { buildRow } from '../../lib/store/row.ts'

let nowMs: number
let up: { telephonySessionId: string; shownUntilMs: number | undefined }[]
let timer: { delayMs: number; task: () => void } | undefined
let working: Promise<void>
let expiry: CardExpiry

beforeEach(() => {
  nowMs = 1000
  up = [
    { telephonySessionId: 'live', shownUntilMs: undefined },
    { telephonySessionId: 'kept', shownUntilMs: Number.POSITIVE_INFINITY },
    { telephonySessionId: 'first', shownUntilMs: 3000 },
    { telephonySessionId: 'second', shownUntilMs: 5000 },
  ]
  timer = undefined
  working = Promise.resolve()
  expiry = createCardExpiry({
    active: () => up.map((fields) => buildRow(fields)),
    expire: async (atMs) => {
      up = up.filter(({ shownUntilMs = Number.POSITIVE_INFINITY }) => shownUntilMs > atMs)
    },
    nowMs: () => nowMs,
    after: (delayMs, task) => {
      timer = { delayMs, task }
      return () => {
        timer = undefined
      }
    },
    onWork: (work) => {
      working = work
    },
  })
})

/** Time passes until the timer goes off, or nearly. */
async function wait(driftMs = 0): Promise<void> {
  const { delayMs, task } = timer ?? { delayMs: Number.NaN, task: () => {} }
  nowMs += delayMs + driftMs
  timer = undefined
  task()
  await working
}
const left = () => up.map(({ telephonySessionId }) => telephonySessionId)

it('takes each card down in its time, and leaves those that stay', async () => {
  expiry.follow()
  expect(timer?.delayMs).toBe(2000)
  await wait()
  expect(left()).toEqual(['live', 'kept', 'second'])
  expect(timer?.delayMs).toBe(2000)
  await wait()
  expect(left()).toEqual(['live', 'kept'])
  expect(timer).toBeUndefined()
})

it('looks again when a clock that was set back made it too early', async () => {
  expiry.follow()
  await wait(-3)
  expect(left()).toContain('first')
  expect(timer?.delayMs).toBe(3)
  await wait()
  expect(left()).not.toContain('first')
})

it('does nothing more once it is closed, though it is at work', async () => {
  expiry.follow()
  const { task } = timer ?? { task: () => {} }
  expiry.close()
  expect(timer).toBeUndefined()
  task()
  await working
  expect(timer).toBeUndefined()
})
