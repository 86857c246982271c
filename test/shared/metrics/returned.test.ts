import fc from 'fast-check'
import { expect, it } from 'vitest'
import { findReturned, type ReturnableCall } from '../../../shared/metrics/returned.ts'

let count = 0
const call = (fields: Partial<ReturnableCall>): ReturnableCall => ({
  telephonySessionId: `s-${++count}`,
  startedMs: count * 1000,
  direction: 'Inbound',
  outcome: 'missed',
  talkMs: 0,
  numberKey: 'tel:+14085550123',
  ...fields,
})

it('is returned by the first conversation after it, whoever called', () => {
  const first = call({})
  const second = call({ outcome: 'callerGaveUp' })
  const unanswered = call({ direction: 'Outbound', outcome: 'missed' })
  const back = call({ direction: 'Outbound', outcome: 'answered', talkMs: 5 })
  const third = call({})
  const again = call({ outcome: 'answered', talkMs: 5 })
  const returned = findReturned([again, third, back, unanswered, second, first])
  const { telephonySessionId, startedMs } = back
  expect(Object.fromEntries(returned)).toEqual({
    [first.telephonySessionId]: { telephonySessionId, startedMs, how: 'calledBack' },
    [second.telephonySessionId]: { telephonySessionId, startedMs, how: 'calledBack' },
    [third.telephonySessionId]: {
      telephonySessionId: again.telephonySessionId,
      startedMs: again.startedMs,
      how: 'calledAgain',
    },
  })
})

it('is not returned by what came before it, by another number, or when the number was withheld', () => {
  const { numberKey: _, ...withheld } = call({})
  const { numberKey: __, ...withheldTalk } = call({ outcome: 'answered', talkMs: 5 })
  const before = call({ outcome: 'answered', talkMs: 5 })
  const missed = call({})
  const other = call({ outcome: 'answered', talkMs: 5, numberKey: 'tel:+12065550147' })
  expect(findReturned([withheld, withheldTalk, before, missed, other]).size).toBe(0)
})

it('agrees with looking it up for each call that was missed or came to voicemail', () => {
  const someCall = fc.record({
    telephonySessionId: fc.uuid(),
    startedMs: fc.nat(50),
    direction: fc.constantFrom('Inbound' as const, 'Outbound' as const),
    outcome: fc.constantFrom(
      'missed' as const,
      'callerGaveUp' as const,
      'voicemail' as const,
      'answered' as const,
      'answeredElsewhere' as const,
    ),
    talkMs: fc.nat(5),
    numberKey: fc.constantFrom('tel:a', 'tel:b'),
  })
  const distinct = { selector: ({ startedMs }: ReturnableCall) => startedMs }
  fc.assert(
    fc.property(fc.uniqueArray(someCall, distinct), (calls) => {
      const returned = findReturned(calls)
      for (const one of calls) {
        const isMissed = one.direction === 'Inbound' && ['missed', 'callerGaveUp', 'voicemail'].includes(one.outcome)
        const later = calls
          .filter((other) => other.numberKey === one.numberKey && other.outcome === 'answered')
          .filter((other) => other.startedMs > one.startedMs)
          .sort((a, b) => a.startedMs - b.startedMs)[0]
        expect(returned.get(one.telephonySessionId)?.telephonySessionId).toBe(
          isMissed ? later?.telephonySessionId : undefined,
        )
      }
    }),
  )
})
