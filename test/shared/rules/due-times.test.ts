import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDueTimes } from '../../../shared/rules/due-times.ts'

describe('things that are due', () => {
  it('are what a list of them that is sorted each time comes to', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('set' as const), item: fc.nat(9), atMs: fc.nat(30) }),
      fc.record({ kind: fc.constant('delete' as const), item: fc.nat(9), atMs: fc.constant(0) }),
      fc.record({ kind: fc.constant('take' as const), item: fc.constant(0), atMs: fc.nat(30) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const due = createDueTimes<number>()
        const known = new Map<number, number>()
        for (const { kind, item, atMs } of steps) {
          if (kind === 'set') {
            due.set(item, atMs)
            known.set(item, atMs)
          } else if (kind === 'delete') {
            due.delete(item)
            known.delete(item)
          } else {
            const expected = [...known].filter(([, knownMs]) => knownMs <= atMs).sort((a, b) => a[1] - b[1])
            const taken = due.takeDue(atMs)
            expect(taken.map((one) => known.get(one))).toEqual(expected.map(([, knownMs]) => knownMs))
            expect([...taken].sort()).toEqual(expected.map(([one]) => one).sort())
            for (const one of taken) known.delete(one)
          }
          expect(due.nextMs).toBe(known.size === 0 ? undefined : Math.min(...known.values()))
          expect(due.has(item)).toBe(known.has(item))
        }
      }),
    )
  })
})
