import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import { ALL_SCENARIOS } from '../../support/tied-scenarios.ts'
import { decodeTiedSessions, extensionOf } from '../../support/tied-sessions.ts'
import { anyArrival } from '../../support/told.ts'
import { myCalls } from './my-calls-of.ts'

describe.each(ALL_SCENARIOS)('%s', (_, tied) => {
  const events = decodeTiedSessions(tied)
  const people = (['bea', 'sam', 'noor'] as const).map(extensionOf)
  const describe = (told: readonly TelephonyNotification[]) =>
    people.map((id) =>
      myCalls(told, id).map(({ kind, customerCallId, view, course, parts }) => ({
        kind,
        customerCallId,
        view,
        course: course.map(({ telephonySessionId }) => telephonySessionId),
        parts: parts.map(({ telephonySessionId }) => telephonySessionId),
      })),
    )

  it('J6 J7 J8 J9 is the same in any order and with any repetition', () => {
    const inOrder = describe(events)
    fc.assert(
      fc.property(anyArrival(events), (told) => {
        expect(describe(told)).toEqual(inOrder)
      }),
      { numRuns: 40 },
    )
  })

  it('J9 every session of mine is in exactly one call or in none, at any moment', () => {
    for (let index = 1; index <= events.length; index++) {
      for (const id of people) {
        const mine = myCalls(events.slice(0, index), id)
        const calls = mine.filter(({ kind }) => kind === 'call')
        for (const { call, customerCallId } of mine) {
          const holders = calls.filter(({ parts }) => parts.includes(call))
          expect(holders.map((one) => one.customerCallId)).toEqual(customerCallId === undefined ? [] : [customerCallId])
        }
      }
    }
  })
})
