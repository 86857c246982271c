import { describe, expect, it } from 'vitest'
import { isMissed } from '../../../shared/call/missed.ts'
import { selectView } from '../../../shared/call/view.ts'
import { step } from '../../support/notification.ts'
import { AGENT_EXTENSION_ID, loadStream, STREAM_NAMES } from '../../support/streams.ts'
import { caller, callOf, colleague, MY_EXTENSION_ID, mine } from './cast.ts'

/** A call of which only what belongs to some extensions can be seen. */

const rungByQueue = { ...mine, queueCall: true }
const colleagueRung = { ...colleague, queueCall: true }

function viewOfQueueCall(end: string | undefined, options: { missedCall?: boolean; others?: boolean } = {}) {
  const others = options.others
    ? [step(4, 5, 'Proceeding', colleagueRung), step(5, 90, 'Disconnected', colleagueRung)]
    : []
  const last = { ...rungByQueue, reason: end, missedCall: options.missedCall }
  return selectView(
    callOf(step(3, 0, 'Proceeding', rungByQueue), ...others, step(9, 90, 'Disconnected', last)),
    MY_EXTENSION_ID,
  )
}

describe('O8 a call of a queue of which my own leg alone is seen', () => {
  it.each([undefined, 'NoAnswer', 'Timeout', 'Cancelled', 'CallFinished', 'Nothing we know'])(
    'that stopped ringing with %s is likely answered elsewhere, and not missed',
    (reason) => {
      const view = viewOfQueueCall(reason)
      expect(view).toMatchObject({ phase: 'ended', outcome: 'answeredElsewhere', isOutcomeLikely: true })
      expect(view && isMissed(view)).toBe(false)
    },
  )

  it('is the same beside the leg of another agent who did not take it', () => {
    expect(viewOfQueueCall(undefined, { others: true })).toMatchObject({
      outcome: 'answeredElsewhere',
      isOutcomeLikely: true,
    })
  })

  it.each([
    [true, false, 'answeredElsewhere'],
    [false, true, 'missed'],
  ])('that rang twice, and was said to be missed: %s, then %s', (first, second, outcome) => {
    const again = { ...rungByQueue, id: 'p-5' }
    const call = callOf(
      step(3, 0, 'Proceeding', rungByQueue),
      step(5, 20, 'Disconnected', { ...rungByQueue, missedCall: first }),
      step(7, 40, 'Proceeding', again),
      step(9, 60, 'Disconnected', { ...again, missedCall: second }),
    )
    expect(selectView(call, MY_EXTENSION_ID)?.outcome).toBe(outcome)
  })

  it('is missed where the platform says so', () => {
    expect(viewOfQueueCall('NoAnswer', { missedCall: true })).toMatchObject({
      outcome: 'missed',
      isOutcomeLikely: false,
    })
  })

  it.each([
    ['AgentAnswered', 'answeredElsewhere'],
    ['Rejected', 'rejected'],
    ['TargetBusy', 'busy'],
    ['Voicemail', 'voicemail'],
    ['BlindTransfer', 'transferred'],
  ])('that ended with %s was %s for sure', (reason, outcome) => {
    expect(viewOfQueueCall(reason)).toMatchObject({ outcome, isOutcomeLikely: false })
  })

  it('is missed where the caller is seen to leave', () => {
    const call = callOf(
      step(2, 0, 'Answered', caller),
      step(3, 0, 'Proceeding', rungByQueue),
      step(4, 90, 'Disconnected', caller),
      step(5, 95, 'Disconnected', rungByQueue),
    )
    expect(selectView(call, MY_EXTENSION_ID)).toMatchObject({ outcome: 'callerGaveUp', isOutcomeLikely: false })
  })

  it('is missed like any other where no queue rang', () => {
    const call = callOf(step(3, 0, 'Proceeding', mine), step(4, 90, 'Disconnected', mine))
    expect(selectView(call, MY_EXTENSION_ID)).toMatchObject({ outcome: 'missed', isOutcomeLikely: false })
  })
})

describe.each(STREAM_NAMES)('%s by my own events alone', (name) => {
  it('O8 is not missed where a queue rang and somebody dealt with it', () => {
    const stream = loadStream(name)
    const sessions = new Set(stream.map(({ telephonySessionId }) => telephonySessionId))
    for (const id of sessions) {
      const whole = stream.filter(({ telephonySessionId }) => telephonySessionId === id)
      const own = whole.flatMap((event) => {
        const parties = event.parties.filter(({ extensionId }) => extensionId === AGENT_EXTENSION_ID)
        return parties.length > 0 ? [{ ...event, parties }] : []
      })
      const [before, after] = [
        selectView(callOf(...whole), AGENT_EXTENSION_ID),
        selectView(callOf(...own), AGENT_EXTENSION_ID),
      ]
      const isOfQueue = own.some(({ parties }) => parties.some(({ queueCall }) => queueCall))
      if (isOfQueue && before && after && !isMissed(before)) expect(isMissed(after)).toBe(false)
    }
  })
})
