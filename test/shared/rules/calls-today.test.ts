import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCallsByNumber } from '../../../shared/rules/calls-today.ts'

describe('the calls of a number today', () => {
  it('are what a recount of the calls comes to, whatever the order, also of sessions that turn out to be one call', () => {
    const session = fc.record({
      id: fc.nat(11),
      key: fc.constantFrom('tel:+1', 'tel:+2', undefined),
      startedMs: fc.nat(40),
      call: fc.nat(11),
    })
    fc.assert(
      fc.property(fc.array(session, { maxLength: 40 }), fc.nat(20), (noted, sinceMs) => {
        const last = new Map(noted.map((one) => [String(one.id), one]))
        const callOf = (id: string) => String(last.get(id)?.call ?? 0)
        const calls = createCallsByNumber({ callOf })
        for (const { id, key, startedMs } of noted) calls.note(String(id), key, startedMs)
        for (const { id, key } of last.values()) {
          if (key === undefined) continue
          const starts = Map.groupBy(
            [...last.values()].filter((one) => one.key === key),
            (one) => String(one.call),
          )
          const ordered = [...starts]
            .map(([call, all]) => ({ call, ms: Math.min(...all.map(({ startedMs }) => startedMs)) }))
            .sort((a, b) => a.ms - b.ms || (a.call < b.call ? -1 : 1))
          const place = ordered.findIndex(({ call }) => call === callOf(String(id)))
          const today = ordered.slice(0, place).filter(({ ms }) => ms >= sinceMs).length + 1
          expect(calls.countUpTo(String(id), key, sinceMs)).toBe(today)
        }
      }),
    )
  })

  it('hold no more than what began since it was last tidied', () => {
    const calls = createCallsByNumber({ callOf: (id) => id })
    for (let index = 0; index < 100; index++) calls.note(`s-${index}`, 'tel:+1', index)
    calls.forget(90)
    expect(calls.size).toBe(10)
    expect(calls.countUpTo('s-99', 'tel:+1', 0)).toBe(10)
  })

  it('count a caller who withholds their number as one who calls for the first time', () => {
    const calls = createCallsByNumber({ callOf: (id) => id })
    calls.note('s-1', undefined, 1)
    calls.note('s-2', undefined, 2)
    expect(calls.countUpTo('s-2', undefined, 0)).toBe(1)
    expect(calls.size).toBe(0)
  })
})
