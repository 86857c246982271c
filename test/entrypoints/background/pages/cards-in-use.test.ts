import { beforeEach, expect, it } from 'vitest'
import { type CardsInUse, createCardsInUse } from '../../../../entrypoints/background/pages/cards-in-use.ts'

let inUse: CardsInUse
let told: (readonly string[])[]

beforeEach(() => {
  told = []
  inUse = createCardsInUse((released) => {
    told.push(released)
  })
})

it('a call is in use as long as one page says so, and is released once', () => {
  inUse.set('page-1', ['a', 'b'])
  inUse.set('page-2', ['a'])
  inUse.set('page-1', [])
  expect([inUse.has('a'), inUse.has('b'), inUse.hasOn('page-1', 'a'), inUse.hasOn('page-2', 'a')]).toEqual([
    true,
    false,
    false,
    true,
  ])
  inUse.set('page-2', [])
  expect(told).toEqual([[], [], ['b'], ['a']])
})

it('what is said again changes nothing', () => {
  inUse.set('page', ['a', 'b'])
  inUse.set('page', ['b', 'a'])
  inUse.set('another', [])
  expect(told).toHaveLength(1)
})

it('tells when nothing is in use any more', async () => {
  await inUse.emptied()
  inUse.set('page-1', ['a'])
  inUse.set('page-2', ['b'])
  let isEmpty = false
  const emptied = inUse.emptied().then(() => {
    isEmpty = true
  })
  inUse.set('page-1', [])
  await Promise.resolve()
  expect([isEmpty, inUse.isEmpty()]).toEqual([false, false])
  inUse.set('page-2', [])
  await emptied
  expect(inUse.isEmpty()).toBe(true)
})
