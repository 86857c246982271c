import { describe, expect, it } from 'vitest'
import { selectStanding } from '../../../shared/live/standing.ts'
import type { LiveCall } from '../../../shared/live/types.ts'

const call: LiveCall = {
  telephonySessionId: 's-1',
  currentSessionId: 's-1',
  partyId: 's-1-2',
  direction: 'Inbound',
  state: 'holding',
  phase: 'onHold',
  sinceMs: 7_000,
  startedMs: 1_000,
  holdingSinceMs: 7_000,
  counterpart: { name: 'Ada Winter', phoneNumber: '+14085550123', extensionId: undefined },
  queueId: undefined,
  queueName: undefined,
}
const lastCall = { telephonySessionId: 's-0', endedMs: 100_000, queueId: '400195' }
const wrapUpSecondsOf = (queueId: string) => (queueId === '400195' ? 15 : undefined)

describe('what an extension is doing', () => {
  it('B1 is what the first of its calls is doing', () => {
    const other = { ...call, telephonySessionId: 's-2', state: 'parked' as const }
    expect(selectStanding({ calls: [call, other], lastCall }, 110_000, wrapUpSecondsOf)).toEqual({
      state: 'holding',
      sinceMs: 7_000,
      untilMs: undefined,
      isEstimate: false,
      call,
    })
  })

  it('B2 is wrap-up after a call of a queue, as an estimate, for as long as the queue leaves', () => {
    const wrapUp = { state: 'wrapUp', sinceMs: 100_000, untilMs: 115_000, isEstimate: true, call: undefined }
    expect(selectStanding({ calls: [], lastCall }, 100_000, wrapUpSecondsOf)).toEqual(wrapUp)
    expect(selectStanding({ calls: [], lastCall }, 114_999, wrapUpSecondsOf)).toEqual(wrapUp)
    expect(selectStanding({ calls: [], lastCall }, 115_000, wrapUpSecondsOf)).toEqual({
      state: 'idle',
      sinceMs: 115_000,
      untilMs: undefined,
      isEstimate: true,
      call: undefined,
    })
  })

  it('B2 is no wrap-up after a call of one’s own, or of a queue that leaves none', () => {
    const idle = { state: 'idle', sinceMs: 100_000, untilMs: undefined, isEstimate: false, call: undefined }
    const own = { ...lastCall, queueId: undefined }
    expect(selectStanding({ calls: [], lastCall: own }, 100_001, wrapUpSecondsOf)).toEqual(idle)
    expect(selectStanding({ calls: [], lastCall }, 100_001, () => undefined)).toEqual(idle)
  })

  it('B1 is idle since nobody knows when where no call is known', () => {
    expect(selectStanding({ calls: [], lastCall: undefined }, 1, wrapUpSecondsOf)).toEqual({
      state: 'idle',
      sinceMs: undefined,
      untilMs: undefined,
      isEstimate: false,
      call: undefined,
    })
  })
})
