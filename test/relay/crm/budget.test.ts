import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createTurnTaker } from '../../../relay/crm/budget.ts'
import { createManualClock } from '../../support/manual-clock.ts'

it('lets a thousand through at once as fast as a CRM of ten a second takes them, in their order', async () => {
  const clock = createManualClock(0)
  const turns = createTurnTaker({ requests: 10, perMs: 1000 }, clock)
  const passed: { readonly which: number; readonly atMs: number }[] = []
  for (let which = 0; which < 1000; which++) void turns.take().then(() => passed.push({ which, atMs: clock.nowMs() }))
  for (let second = 0; second < 100; second++) {
    await setImmediate()
    expect(passed).toHaveLength((second + 1) * 10)
    clock.advance(1000)
  }
  await setImmediate()
  expect(passed.map(({ which }) => which)).toEqual([...passed.keys()])
  expect(passed.at(-1)?.atMs).toBe(99_000)
})

it('lets nobody through any more once it is closed', async () => {
  const turns = createTurnTaker({ requests: 1, perMs: 1000 }, createManualClock(0))
  await turns.take()
  const waits = turns.take()
  turns.close()
  await expect(waits).rejects.toThrow('not asked any more')
  await expect(turns.take()).rejects.toThrow('not asked any more')
})
