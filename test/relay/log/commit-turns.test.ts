import { expect, it } from 'vitest'
import { takeTurns } from '../../../relay/log/commit-turns.ts'

/** Commits that end when the test says so. */
function createCommits() {
  const begun: (readonly string[])[] = []
  const ends: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = []
  const commit = takeTurns<string>((changes) => {
    begun.push(changes)
    return new Promise((resolve, reject) => ends.push({ resolve, reject }))
  })
  return { begun, ends, commit }
}

/** Lets everything run that waits for nothing. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

it('has one commit under way, and puts what waits into the next, in order', async () => {
  const { begun, ends, commit } = createCommits()
  const first = commit('a')
  await settle()
  const waiting = [commit('b'), commit('c')]
  await settle()
  expect(begun).toEqual([['a']])
  ends[0]?.resolve()
  await first
  await settle()
  expect(begun).toEqual([['a'], ['b', 'c']])
  ends[1]?.resolve()
  await Promise.all(waiting)
})

it('tells a failure to those it befell and to nobody else', async () => {
  const { begun, ends, commit } = createCommits()
  const failing = [commit('a'), commit('b')]
  await settle()
  const next = commit('c')
  ends[0]?.reject(new Error('no room'))
  for (const one of failing) await expect(one).rejects.toThrow('no room')
  await settle()
  expect(begun).toEqual([['a', 'b'], ['c']])
  ends[1]?.resolve()
  await next
})
