import fc from 'fast-check'
import { expect, it } from 'vitest'
import { OUTCOMES } from '../../../shared/call/outcome.ts'
import { type FinishedCall, mergeTallies, subtractTallies, tallyCalls } from '../../../shared/metrics/tally.ts'
import { containsTally } from '../../../shared/metrics/tally-contains.ts'
import { anyTimes } from '../../support/times.ts'

const someCall: fc.Arbitrary<FinishedCall> = fc.record({
  startedMs: fc.nat(),
  direction: fc.constantFrom('Inbound', 'Outbound'),
  outcome: fc.constantFrom(...OUTCOMES),
  queueName: fc.constant(undefined),
  phoneNumber: fc.constant(undefined),
  ...anyTimes(fc.nat(20)),
  isEstimate: fc.boolean(),
})

const someCalls = fc.array(someCall)

it('is the tally of the calls that are left', () => {
  fc.assert(
    fc.property(someCalls, someCalls, (left, taken) => {
      const whole = mergeTallies(tallyCalls(left), tallyCalls(taken))
      expect(subtractTallies(whole, tallyCalls(taken))).toEqual(tallyCalls(left))
    }),
  )
})

it('refuses to take out what was never counted', () => {
  const [call] = fc.sample(someCall, { numRuns: 1, seed: 1 })
  if (call === undefined) throw new Error('there should be a call')
  const counted = tallyCalls([{ ...call, talkMs: 5 }])
  expect(() => subtractTallies(counted, tallyCalls([{ ...call, talkMs: 6 }]))).toThrow(/should be there/)
  expect(() => subtractTallies(counted, tallyCalls([{ ...call, talkMs: 4 }]))).toThrow(/should be there/)
})

it('is possible where everything was counted, and nowhere else', () => {
  fc.assert(
    fc.property(someCalls, someCalls, someCall, (left, taken, other) => {
      const whole = mergeTallies(tallyCalls(left), tallyCalls(taken))
      expect(containsTally(whole, tallyCalls(taken))).toBe(true)
      const [outcome] = OUTCOMES.filter((one) => whole.outcomes[one] === 0)
      if (outcome === undefined) return
      expect(containsTally(whole, tallyCalls([{ ...other, outcome }]))).toBe(false)
      expect(containsTally(whole, tallyCalls([...taken, { ...other, talkMs: 21 }]))).toBe(false)
    }),
  )
})
