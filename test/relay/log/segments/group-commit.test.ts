import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createGroupCommit } from '../../../../relay/log/segments/group-commit.ts'

/** Commits that end when the test says so. */
function createCommits(maxItems = 10) {
  const begun: (readonly string[])[] = []
  const ends: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = []
  const commit = createGroupCommit<string>({
    maxItems: () => maxItems,
    commit(items) {
      begun.push(items)
      return new Promise((resolve, reject) => ends.push({ resolve, reject }))
    },
  })
  return { begun, ends, commit }
}

it('has one commit under way, and puts what waits into the next, in order', async () => {
  const { begun, ends, commit } = createCommits()
  const first = [commit('a'), commit('b')]
  await nextTurn()
  const waiting = [commit('c'), commit('d')]
  await nextTurn()
  expect(begun).toEqual([['a', 'b']])
  ends[0]?.resolve()
  await Promise.all(first)
  await nextTurn()
  expect(begun).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ])
  ends[1]?.resolve()
  await Promise.all(waiting)
  const later = commit('e')
  await nextTurn()
  ends[2]?.resolve()
  await later
})

it('takes no more at a time than it may', async () => {
  const { begun, ends, commit } = createCommits(2)
  const all = ['a', 'b', 'c'].map(commit)
  await nextTurn()
  expect(begun).toEqual([['a', 'b']])
  ends[0]?.resolve()
  await nextTurn()
  expect(begun[1]).toEqual(['c'])
  ends[1]?.resolve()
  await Promise.all(all)
})

it('tells a failure to those it befell and to nobody else', async () => {
  const { begun, ends, commit } = createCommits()
  const failing = [commit('a'), commit('b')]
  await nextTurn()
  const next = commit('c')
  ends[0]?.reject(new Error('no room'))
  for (const one of failing) await expect(one).rejects.toThrow('no room')
  await nextTurn()
  expect(begun).toEqual([['a', 'b'], ['c']])
  ends[1]?.resolve()
  await next
})
