import { beforeEach, expect, it } from 'vitest'
import { type CardExpiry, createCardExpiry } from '../../../../entrypoints/background/calls/card-expiry.ts'
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts'
import { buildRow } from '../../lib/store/row.ts'

let clock: ManualClock
let up: { telephonySessionId: string; shownUntilMs: number | undefined }[]
let working: Promise<void>
let expiry: CardExpiry

beforeEach(() => {
  clock = createManualClock(1000)
  up = [
    { telephonySessionId: 'live', shownUntilMs: undefined },
    { telephonySessionId: 'kept', shownUntilMs: Number.POSITIVE_INFINITY },
    { telephonySessionId: 'first', shownUntilMs: 3000 },
    { telephonySessionId: 'second', shownUntilMs: 5000 },
  ]
  working = Promise.resolve()
  expiry = createCardExpiry({
    active: () => up.map((fields) => buildRow(fields)),
    expire: async (atMs) => {
      up = up.filter(({ shownUntilMs = Number.POSITIVE_INFINITY }) => shownUntilMs > atMs)
    },
    clock,
    onWork: (work) => {
      working = work
    },
  })
})

/** Time passes until the timer goes off. */
async function wait(): Promise<void> {
  clock.advance(clock.waits()[0] ?? 0)
  await working
}
const left = () => up.map(({ telephonySessionId }) => telephonySessionId)

it('takes each card down in its time, and leaves those that stay', async () => {
  expiry.schedule()
  expect(clock.waits()).toEqual([2000])
  await wait()
  expect(left()).toEqual(['live', 'kept', 'second'])
  expect(clock.waits()).toEqual([2000])
  await wait()
  expect(left()).toEqual(['live', 'kept'])
  expect(clock.waits()).toEqual([])
})

it('looks again when a clock that was set back made it too early', async () => {
  expiry.schedule()
  clock.jump(-3)
  await wait()
  expect(left()).toContain('first')
  expect(clock.waits()).toEqual([3])
  await wait()
  expect(left()).not.toContain('first')
})

it('does nothing more once it is closed, though it is at work', async () => {
  expiry.schedule()
  clock.advance(2000)
  expiry.close()
  expect(clock.waits()).toEqual([])
  await working
  expect(left()).toEqual(['live', 'kept', 'second'])
  expect(clock.waits()).toEqual([])
})
