import { expect, it } from 'vitest'
import { selectShownFigures } from '../../../entrypoints/ui/call/shown-figures.ts'
import { selectMyCalls } from '../../../shared/call/my-calls.ts'
import { measureMyCall } from '../../../shared/metrics/my-call.ts'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import { caller, callOf, MY_EXTENSION_ID, mine } from '../../shared/call/cast.ts'
import { step } from '../../support/notification.ts'

/** The times that an opened call shows, by their names. */
function show(...events: readonly TelephonyNotification[]): Record<string, number> {
  const [only] = selectMyCalls([callOf(...events)], MY_EXTENSION_ID)
  const measured = only && measureMyCall(only, MY_EXTENSION_ID, () => [])
  if (measured === undefined) throw new Error('the person should have a part in the call')
  return Object.fromEntries(selectShownFigures(measured).map(({ name, figure }) => [name, figure.ms]))
}

const taken = [step(2, 0, 'Answered', caller), step(3, 10, 'Proceeding', mine), step(4, 40, 'Answered', mine)]
const heldOnce = [...taken, step(5, 100, 'Hold', mine), step(6, 150, 'Answered', mine)]
const heldTwice = [...heldOnce, step(7, 200, 'Hold', mine), step(8, 270, 'Answered', mine)]

it('are those of the person and of the conversation, the longest hold where there were several', () => {
  expect(show(...heldTwice, step(9, 300, 'Disconnected', mine), step(10, 300, 'Disconnected', caller))).toEqual({
    ring: 30,
    talk: 60 + 50 + 30,
    hold: 50 + 70,
    longestHold: 70,
    twoWayTalk: 60 + 50 + 30,
    callerWait: 40,
  })
})

it.each([
  ['one hold', heldOnce],
  ['no hold', taken],
])('do not say the hold again of a call with %s', (_, events) => {
  expect(Object.keys(show(...events))).not.toContain('longestHold')
})

it('are the person’s own where nothing of the other side can be seen', () => {
  const alone = [
    step(2, 0, 'Setup', { ...mine, direction: 'Outbound' }),
    step(3, 5, 'Answered', { ...mine, direction: 'Outbound' }),
  ]
  expect(Object.keys(show(...alone))).toEqual(['ring', 'talk', 'hold'])
})
