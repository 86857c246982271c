import fc from 'fast-check'
import { expect, it } from 'vitest'
import { OUTCOMES } from '../../../shared/call/outcome.ts'
import { emptyTally, type FinishedCall, tallyCalls } from '../../../shared/metrics/tally.ts'
import { addCall, removeCall } from '../../../shared/metrics/tally-change.ts'

const someCall: fc.Arbitrary<FinishedCall> = fc.record({
  startedMs: fc.nat(),
  direction: fc.constantFrom('Inbound', 'Outbound'),
  outcome: fc.constantFrom(...OUTCOMES),
  queueName: fc.constant(undefined),
  phoneNumber: fc.constant(undefined),
  ringMs: fc.nat(20),
  talkMs: fc.nat(20),
  holdMs: fc.nat(20),
  isEstimate: fc.boolean(),
})

it('is the tally of the calls that were added and not taken out again', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(someCall, fc.boolean())), (calls) => {
      let tally = emptyTally
      for (const [call] of calls) tally = addCall(tally, call)
      for (const [call, isRemoved] of calls) if (isRemoved) tally = removeCall(tally, call)
      const left = calls.flatMap(([call, isRemoved]) => (isRemoved ? [] : [call]))
      expect(tally).toEqual(tallyCalls(left))
    }),
  )
})

it('refuses to take out what was never counted', () => {
  const [call] = fc.sample(someCall, { numRuns: 1, seed: 1 })
  if (call === undefined) throw new Error('there should be a call')
  const counted = addCall(emptyTally, { ...call, talkMs: 5 })
  expect(() => removeCall(counted, { ...call, talkMs: 6 })).toThrow(/should be there/)
})
