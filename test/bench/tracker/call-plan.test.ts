import { describe, expect, it } from 'vitest'
import { type CallPlan, listChanges } from './call-plan.ts'
import { truthOf } from './truth.ts'

const ends = { from: { phoneNumber: '+12025550123' }, to: { phoneNumber: '+18005550100' } }
const end = { code: 'Disconnected' } as const

/** The recorded call from outside through a menu to a user: its times, written as a plan. */
const PSTN_TO_USER: CallPlan = {
  telephonySessionId: 's-1',
  sessionId: '1',
  startsAtMs: Date.UTC(2020, 5, 23, 1, 5, 43, 940),
  parties: [
    {
      ...ends,
      id: 'p-1',
      direction: 'Outbound',
      joinsAfterMs: 0,
      stages: [
        { code: 'Setup', lastsMs: 143 },
        { code: 'Answered', lastsMs: 30_729 },
      ],
      end,
    },
    { ...ends, id: 'p-2', direction: 'Inbound', joinsAfterMs: 24, stages: [{ code: 'Setup', lastsMs: 8_663 }], end },
    {
      ...ends,
      id: 'p-3',
      direction: 'Inbound',
      extensionId: '101',
      joinsAfterMs: 8_687,
      stages: [
        { code: 'Setup', lastsMs: 29 },
        { code: 'Proceeding', lastsMs: 7_345 },
        { code: 'Answered', lastsMs: 4_600 },
        { code: 'Hold', lastsMs: 2_393 },
        { code: 'Answered', lastsMs: 7_814 },
      ],
      end,
    },
  ],
}

describe('a planned call', () => {
  it('is told by the events that were recorded', () => {
    const told = listChanges(PSTN_TO_USER).map(
      ({ sequence, atMs, party, status }) =>
        `${sequence} ${new Date(atMs).toISOString().slice(11, -1)} ${party.id} ${status.code}`,
    )
    expect(told).toEqual([
      '2 01:05:43.940 p-1 Setup',
      '3 01:05:43.964 p-2 Setup',
      '4 01:05:44.083 p-1 Answered',
      '5 01:05:52.627 p-2 Disconnected',
      '6 01:05:52.627 p-3 Setup',
      '7 01:05:52.656 p-3 Proceeding',
      '8 01:06:00.001 p-3 Answered',
      '9 01:06:04.601 p-3 Hold',
      '10 01:06:06.994 p-3 Answered',
      '11 01:06:14.808 p-3 Disconnected',
      '12 01:06:14.812 p-1 Disconnected',
    ])
  })

  it('has the times that were worked out for the recorded call', () => {
    const truth = truthOf(PSTN_TO_USER)
    expect(truth.get('p-1')?.spent).toEqual({ setup: 143, ring: 0, talk: 30_729, hold: 0, voicemail: 0, total: 30_872 })
    expect(truth.get('p-2')?.spent).toEqual({ setup: 8663, ring: 0, talk: 0, hold: 0, voicemail: 0, total: 8663 })
    expect(truth.get('p-3')?.spent).toEqual({
      setup: 29,
      ring: 7345,
      talk: 12_414,
      hold: 2393,
      voicemail: 0,
      total: 22_181,
    })
  })
})
