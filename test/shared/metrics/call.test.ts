import { describe, expect, it } from 'vitest'
import { measureCall, selectTwoWayTalkStart } from '../../../shared/metrics/call.ts'
import type { Figure } from '../../../shared/metrics/figure.ts'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import { at, buildEnvelope, buildParty, decode, START_MS, type StepFields, step } from '../../support/notification.ts'
import { loadStream } from '../../support/streams.ts'
import { trackAll } from '../../support/track-all.ts'
import { caller, callOf, colleague, mine } from '../call/cast.ts'

const measure = (...events: readonly TelephonyNotification[]) => measureCall(callOf(...events))

const explain = (figure: Figure | undefined) =>
  figure?.stretches.map(({ from, to }) => `${from.code} #${from.sequence} → ${to.code} #${to.sequence}`)

const third: StepFields = { ...colleague, id: 'p-3' }
const connected = [step(2, 0, 'Answered', caller), step(3, 10, 'Proceeding', mine), step(4, 100, 'Answered', mine)]
const left = (sequence: number, ms: number, who: StepFields, reason?: string) =>
  step(sequence, ms, 'Disconnected', { ...who, reason })

describe('F2 two-way talk', () => {
  const talkOf = (...events: readonly TelephonyNotification[]) => measure(...events).twoWayTalk.ms

  it('is the time in which two people are connected', () => {
    expect(talkOf(...connected, left(5, 700, mine), left(6, 710, caller))).toBe(600)
  })

  it('needs two of them', () => {
    expect(talkOf(step(2, 0, 'Answered', caller), left(3, 900, caller))).toBe(0)
  })

  it('goes on with two of three', () => {
    const events = [
      ...connected,
      step(5, 200, 'Answered', third),
      left(6, 300, mine),
      left(7, 900, third),
      left(8, 900, caller),
    ]
    expect(talkOf(...events)).toBe(800)
  })

  it.each([
    ['one of the two', mine],
    ['the other of the two', caller],
    ['a third', third],
  ])('stops while %s is on hold', (_, who) => {
    const events = [
      ...connected,
      step(5, 150, 'Answered', third),
      step(6, 200, 'Hold', who),
      step(7, 500, 'Answered', who),
      ...[left(8, 700, mine), left(9, 700, third), left(10, 700, caller)],
    ]
    expect(talkOf(...events)).toBe(300)
  })

  it.each(['AgentAnswered', 'CallerInputRedirect'])('is not with a passage that ends with %s', (reason) => {
    const events = [step(2, 0, 'Answered', caller), step(3, 10, 'Answered', mine), left(4, 90, mine, reason)]
    expect(talkOf(...events, left(5, 95, caller))).toBe(0)
  })

  it('is not with a listener, by what they are told to be', () => {
    const listener = { ...third, muted: true }
    const events = [step(2, 0, 'Answered', caller), step(3, 10, 'Answered', listener)]
    expect(talkOf(...events, left(4, 90, listener), left(5, 95, caller))).toBe(0)
  })

  it('is not with a listener, by what another session says', () => {
    const call = callOf(...connected, left(5, 700, mine), left(6, 710, caller))
    expect(measureCall(call, [], new Set(['p-2'])).twoWayTalk.ms).toBe(0)
  })

  it.each(['Setup', 'Proceeding', 'Parked', 'VoiceMail', 'FaxReceive', 'Levitating'])(
    'is not while one is in %s',
    (code) => {
      const events = [...connected, step(5, 200, code, mine), left(6, 700, mine), left(7, 710, caller)]
      expect(talkOf(...events)).toBe(100)
    },
  )

  it.each([
    ['pstn-to-user', 12414, 2393, 30872],
    ['user-to-pstn', 12843, 3275, 23405],
    ['user-to-user', 9648, 4319, 20731],
  ] as const)('is golden in the recorded call %s, and so are hold and duration', (name, talkMs, holdMs, durationMs) => {
    const { twoWayTalk, hold, duration } = measure(...loadStream(name))
    expect([twoWayTalk.ms, hold.ms, duration?.ms]).toEqual([talkMs, holdMs, durationMs])
  })
})

describe('two-way talk that goes on', () => {
  it.each([
    ['from when the second of them is connected', connected, 'Answered #4'],
    ['not while one is on hold', [...connected, step(5, 200, 'Hold', mine)], undefined],
    [
      'again from the end of the hold',
      [...connected, step(5, 200, 'Hold', mine), step(6, 300, 'Answered', mine)],
      'Answered #6',
    ],
    ['not when one has left', [...connected, left(5, 700, mine)], undefined],
  ])('is %s', (_what, events, expected) => {
    const from = selectTwoWayTalkStart(callOf(...events))
    expect(from && `${from.code} #${from.sequence}`).toBe(expected)
  })
})

describe('F3 hold of a call', () => {
  it('is the time in which at least one party is on hold, counted once', () => {
    const events = [
      ...connected,
      step(5, 200, 'Hold', mine),
      step(6, 300, 'Hold', caller),
      step(7, 400, 'Answered', mine),
      step(8, 600, 'Answered', caller),
      step(9, 700, 'Hold', caller),
      ...[left(10, 750, mine), left(11, 800, caller)],
    ]
    const { hold } = measure(...events)
    expect(hold.ms).toBe(500)
    expect(explain(hold)).toEqual(['Hold #5 → Answered #8', 'Hold #9 → Disconnected #11'])
  })

  it("is also a passage's or a listener's", () => {
    const listener = { ...third, muted: true }
    const events = [...connected, step(5, 200, 'Hold', listener), step(6, 260, 'Answered', listener)]
    expect(measure(...events).hold.ms).toBe(60)
  })
})

describe("F4 the caller's wait", () => {
  const waitOf = (...events: readonly TelephonyNotification[]) => measure(...events).callerWait

  const talked = [...connected, left(5, 700, mine)]

  it('is from the first event to the start of two-way talk', () => {
    expect(waitOf(...talked)?.ms).toBe(100)
    expect(explain(waitOf(...talked))).toEqual(['Answered #2 → Answered #4'])
  })

  it('is unknown while the first two-way talk goes on, for that may yet turn out to be of no length', () => {
    expect(waitOf(...connected)).toBeUndefined()
  })

  it('is to the end if there was none', () => {
    const events = [...connected.slice(0, 2), left(5, 400, caller), left(6, 410, mine)]
    expect(waitOf(...events)?.ms).toBe(410)
  })

  it('is unknown while there is neither', () => {
    expect(waitOf(...connected.slice(0, 2))).toBeUndefined()
  })

  it('is not ended by two-way talk of no length', () => {
    const events = [
      step(2, 0, 'Answered', caller),
      step(3, 100, 'Answered', mine),
      step(4, 100, 'Hold', mine),
      step(5, 300, 'Answered', mine),
      ...[left(6, 900, caller), left(7, 900, mine)],
    ]
    expect(measure(...events)).toMatchObject({ twoWayTalk: { ms: 600 }, callerWait: { ms: 300 }, hold: { ms: 200 } })
  })

  it('is from the first event by sequence, and never less than nothing', () => {
    const late = step(2, 500, 'Setup', third)
    const events = [step(3, 0, 'Answered', caller), step(4, 100, 'Answered', mine), left(5, 700, mine)]
    expect(waitOf(late, ...events)?.ms).toBe(0)
  })
})

describe('F5 the duration', () => {
  const durationOf = (...events: readonly TelephonyNotification[]) => measure(...events).duration

  it('is from the first event to the latest time that counts', () => {
    const events = [...connected, left(5, 900, mine), left(6, 700, caller)]
    expect(durationOf(...events)?.ms).toBe(900)
    expect(explain(durationOf(...events))).toEqual(['Answered #2 → Disconnected #5'])
  })

  it('is from the first event by sequence, be it not the earliest', () => {
    const events = [
      step(2, 50, 'Answered', caller),
      step(3, 0, 'Answered', mine),
      left(4, 300, mine),
      left(5, 300, caller),
    ]
    expect(durationOf(...events)?.ms).toBe(250)
  })

  it('has nothing of what came after the end of a leg', () => {
    const events = [...connected, left(5, 600, mine), left(6, 700, caller), step(7, 9000, 'Answered', mine)]
    expect(durationOf(...events)?.ms).toBe(700)
  })

  it('is unknown until the session is over', () => {
    expect(durationOf(...connected)).toBeUndefined()
    expect(durationOf(...connected, left(5, 600, caller))).toBeUndefined()
    const transferred = [...connected, left(5, 600, caller), left(6, 700, mine, 'BlindTransfer')]
    expect(durationOf(...transferred)).toBeUndefined()
  })

  it('is unknown of a call of which nothing was told', () => {
    expect(measure()).toMatchObject({ duration: undefined, callerWait: undefined, twoWayTalk: { ms: 0 } })
  })
})

describe('F8 a stretch', () => {
  it('begins and ends with what made the difference', () => {
    const events = [...connected, step(5, 200, 'Hold', mine), step(6, 300, 'Answered', mine), left(7, 700, caller)]
    expect(explain(measure(...events).twoWayTalk)).toEqual(['Answered #4 → Hold #5', 'Answered #6 → Disconnected #7'])
  })

  it('has a length: what happens at one instant is judged when all of it has happened', () => {
    const both = decode(
      buildEnvelope({
        sequence: 5,
        eventTime: at(200),
        parties: [
          buildParty({ ...mine, status: { code: 'Disconnected' } }),
          buildParty({ ...third, status: { code: 'Answered' } }),
        ],
      }),
    )
    const { twoWayTalk } = measure(...connected, both, left(6, 500, caller))
    expect(explain(twoWayTalk)).toEqual(['Answered #4 → Disconnected #6'])
  })

  it('that has not ended counts nothing', () => {
    expect(measure(...connected)).toMatchObject({ twoWayTalk: { ms: 0, stretches: [] } })
    expect(measure(...connected, step(5, 200, 'Hold', mine))).toMatchObject({ hold: { ms: 0, stretches: [] } })
  })
})

describe('F9 a figure says that it is an estimate', () => {
  const ended = [...connected, left(5, 600, mine), left(6, 700, caller)]

  it('not when everything was seen', () => {
    const { twoWayTalk, hold, callerWait, duration } = measure(...ended)
    for (const figure of [twoWayTalk, hold, callerWait, duration]) expect(figure?.estimates).toEqual([])
  })

  it('when it needs both sides and my own leg is all there is to see', () => {
    const { twoWayTalk, hold } = measure(step(4, 100, 'Answered', mine), left(5, 600, mine))
    expect([twoWayTalk.estimates, hold.estimates]).toEqual([[{ because: 'ownLegOnly' }], [{ because: 'ownLegOnly' }]])
  })

  it('when two legs of mine are all there is to see', () => {
    const second = { ...mine, id: 'p-3' }
    const { twoWayTalk } = measure(step(4, 100, 'Answered', mine), step(5, 200, 'Answered', second))
    expect(twoWayTalk.estimates).toEqual([{ because: 'ownLegOnly' }])
  })

  it('until another leg turns up, which changes nothing else of what was told', () => {
    const second = { ...mine, id: 'p-3' }
    const alone = [step(3, 0, 'Answered', mine), step(4, 0, 'Answered', second), step(5, 100, 'Setup', mine)]
    const before = measure(...alone).callerWait
    const after = measure(...alone, step(6, 100, 'Setup', caller)).callerWait
    expect(before).toMatchObject({ ms: 0, estimates: [{ because: 'ownLegOnly' }] })
    expect(after).toEqual({ ...before, estimates: [] })
  })

  it.each(['callerWait', 'duration'] as const)('when it needs the whole session and I see my own leg: %s', (name) => {
    const figures = measure(step(4, 100, 'Answered', mine), left(5, 600, mine))
    expect(figures[name]?.estimates).toEqual([{ because: 'ownLegOnly' }])
  })

  it('when events are known to be missing before the last leg ended', () => {
    const events = ended.filter(({ sequence }) => sequence !== 5)
    const figures = measureCall(callOf(...events, left(6, 700, caller), left(8, 800, mine)), [5, 7])
    const estimates = [{ because: 'missing', sequences: [5, 7] }]
    for (const figure of [figures.twoWayTalk, figures.callerWait, figures.duration]) {
      expect(figure?.estimates).toEqual(estimates)
    }
    expect(measureCall(callOf(...ended), [9]).duration?.estimates).toEqual([])
  })

  it('when a leg was repaired', () => {
    const tracker = trackAll('s-1', connected)
    const status = { telephonySessionId: 's-1', createdMs: undefined, origin: undefined, parties: [] }
    tracker.repair({ ...status, asOfMs: START_MS + 999, found: false })
    const { twoWayTalk, duration } = measureCall(tracker.call)
    for (const figure of [twoWayTalk, duration]) {
      expect(figure).toMatchObject({ estimates: [{ because: 'repaired', asOfMs: START_MS + 999 }] })
    }
    expect([twoWayTalk.ms, duration?.ms]).toEqual([899, 999])
  })
})
