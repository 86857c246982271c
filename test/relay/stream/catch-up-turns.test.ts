import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createCatchUpTurns } from '../../../relay/stream/catch-up-turns.ts'

/** Steps that note when they run, and the turns of the event loop between them. */
function createScene(isBusy: () => boolean = () => false) {
  const ran: string[] = []
  const turns = createCatchUpTurns({ isBusy })
  const step = (name: string) => turns.run(async () => ran.push(name))
  async function countTurns(count: number): Promise<void> {
    for (let turn = 0; turn < count; turn++) {
      await setImmediate()
      ran.push('turn')
    }
  }
  return { ran, turns, step, countTurns }
}

it('runs one step between two turns of the event loop, however many wait', async () => {
  const { ran, step, countTurns } = createScene()
  await Promise.all([countTurns(3), ...['a', 'b', 'c'].map(step)])
  expect(ran).toEqual(['a', 'turn', 'b', 'turn', 'c', 'turn'])
})

it('serves in turn those who ask again', async () => {
  const { ran, step } = createScene()
  const walk = async (name: string) => {
    for (let round = 0; round < 3; round++) await step(name)
  }
  await Promise.all(['a', 'b'].map(walk))
  expect(ran).toEqual(['a', 'b', 'a', 'b', 'a', 'b'])
})

it('leaves turns to deliveries while there are some', async () => {
  let deliveries = 0
  const { ran, step, countTurns } = createScene(() => deliveries > 0)
  await step('a')
  const rest = Promise.all([step('b'), step('c')])
  deliveries = 1
  await countTurns(4)
  expect(ran.filter((name) => name !== 'turn')).toEqual(['a'])
  deliveries = 0
  await rest
  expect(ran.filter((name) => name !== 'turn')).toEqual(['a', 'b', 'c'])
})

it('goes on while deliveries never stop', async () => {
  const { ran, step } = createScene(() => true)
  await Promise.all(['a', 'b', 'c'].map(step))
  expect(ran).toEqual(['a', 'b', 'c'])
})

it('passes on what a step gives or throws, and goes on after it', async () => {
  const { turns } = createScene()
  const broken = turns.run(() => Promise.reject(new Error('the log could not be read')))
  const whole = turns.run(async () => 7)
  await expect(broken).rejects.toThrow('the log could not be read')
  expect(await whole).toBe(7)
})
