import { expect, it } from 'vitest'
import { selectRowFacts } from '../../../../entrypoints/lib/call/row-facts.ts'
import { selectMyCalls } from '../../../../shared/call/my-calls.ts'
import { decodeTiedSessions, extensionOf, PEOPLE, type TiedSessions } from '../../../support/tied-sessions.ts'
import { followTold } from '../../../support/told.ts'

function rowsOf(tied: TiedSessions, extensionId: string) {
  const calls = followTold(decodeTiedSessions(tied)).map(({ call }) => call)
  return selectMyCalls(calls, extensionId).map((mine) =>
    selectRowFacts(mine, { extensionId, country: 'US', missingOf: () => [] }),
  )
}

it('C14 who picked up a ringing call is named by the session in which they dialled for it', () => {
  const pickedUp: TiedSessions = {
    sessions: { t: { from: 'ada', to: 'bea' }, p: { from: 'sam', to: 'parkingPlace' } },
    steps: [
      { session: 't', atMs: 0, who: 'ada', code: 'Answered' },
      { session: 't', atMs: 100, who: 'bea', code: 'Proceeding' },
      { session: 'p', atMs: 6000, who: 'sam', code: 'Setup' },
      { session: 'p', atMs: 7000, who: 'sam', code: 'Gone', reason: 'Pickup', to: { session: 't', who: 'sam' } },
      { session: 't', atMs: 7000, who: 'bea', code: 'Disconnected', reason: 'Pickup' },
      // In Bea's name: nothing of this session tells whose phone it is.
      { session: 't', atMs: 7000, who: 'sam', code: 'Answered', party: { to: PEOPLE.bea } },
    ],
  }
  expect(rowsOf(pickedUp, extensionOf('bea'))).toMatchObject([
    { outcome: 'answeredElsewhere', takenBy: { isMe: false, name: 'Sam Okafor', afterMs: 7000 } },
  ])
})
