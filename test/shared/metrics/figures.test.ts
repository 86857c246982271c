import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyTrackedCall, trackNotification } from '../../../shared/call/track.ts'
import { measureAgent } from '../../../shared/metrics/agent.ts'
import { measureCall } from '../../../shared/metrics/call.ts'
import type { Figure } from '../../../shared/metrics/figure.ts'
import { measureLeg } from '../../../shared/metrics/leg.ts'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import { reportSession, trackStream } from '../../replay/report.ts'
import { step } from '../../support/notification.ts'
import { AGENT_EXTENSION_ID, loadExpected, loadStream, STREAM_NAMES } from '../../support/streams.ts'

function follow(notifications: readonly TelephonyNotification[]) {
  return notifications.reduce(trackNotification, emptyTrackedCall('s-1')).call
}

const explain = ({ stretches }: Figure) =>
  stretches.map(({ from, to }) => `${from.code} #${from.sequence} → ${to.code} #${to.sequence}`)

describe.each(STREAM_NAMES)('recorded call %s', (name) => {
  const stream = loadStream(name)
  const [expected] = loadExpected(name).sessions

  it('has its golden figures to the millisecond', () => {
    const [session] = trackStream(stream).sessions
    expect(session && reportSession(session, true)).toEqual(expected)
  })

  it('has them in any order and with any repetition', () => {
    const anyArrival = fc
      .tuple(
        fc.shuffledSubarray([...stream], { minLength: stream.length, maxLength: stream.length }),
        fc.array(fc.constantFrom(...stream), { maxLength: 20 }),
      )
      .map(([shuffled, repeated]) => [...shuffled, ...repeated])
      .chain((events) => fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }))
    fc.assert(
      fc.property(anyArrival, (events) => {
        const { sessions } = trackStream(events)
        expect(sessions.map((session) => reportSession(session, true))).toEqual([expected])
      }),
    )
  })

  it('never contradicts the whole while it is still coming in', () => {
    for (let length = 1; length <= stream.length; length++) {
      const [session] = trackStream(stream.slice(0, length)).sessions
      const report = session && reportSession(session, true)
      expect(report?.twoWayTalkMs).toBeLessThanOrEqual(expected?.twoWayTalkMs ?? 0)
      expect(report?.holdMs).toBeLessThanOrEqual(expected?.holdMs ?? 0)
      for (const party of report?.parties ?? []) {
        const whole = expected?.parties.find(({ id }) => id === party.id)
        expect(party.talkMs).toBeLessThanOrEqual(whole?.talkMs ?? -1)
        expect(party.totalMs ?? whole?.totalMs).toBe(whole?.totalMs)
      }
    }
  })
})

describe('any stream', () => {
  const anyStep = fc
    .tuple(
      fc.integer({ min: 2, max: 30 }),
      fc.integer({ min: 0, max: 5000 }),
      fc.constantFrom('Setup', 'Proceeding', 'Answered', 'Hold', 'Parked', 'VoiceMail', 'Odd', 'Disconnected', 'Gone'),
      fc.constantFrom('p-1', 'p-2', 'p-3'),
    )
    .map(([sequence, ms, code, id]) => step(sequence, ms, code, { id }))
  const anyStream = fc.array(anyStep, { minLength: 1, maxLength: 40 })

  it('gives the same call in every order', () => {
    fc.assert(
      fc.property(anyStream, fc.infiniteStream(fc.nat()), (events, keys) => {
        const reordered = events.map((event) => ({ event, key: keys.next().value ?? 0 })).sort((a, b) => a.key - b.key)
        expect(follow(reordered.map(({ event }) => event))).toEqual(follow(events))
      }),
    )
  })

  it('has legs whose states add up to their totals, and no two-way talk beyond what either side talked', () => {
    fc.assert(
      fc.property(anyStream, (events) => {
        const call = follow(events)
        for (const leg of call.legs) {
          const { total, holdCount: _, ...states } = measureLeg(leg)
          const sum = Object.values(states).reduce((ms, figure) => ms + figure.ms, 0)
          if (total !== undefined) expect(sum).toBe(total.ms)
          for (const { stretches } of Object.values(states)) {
            for (const { from, to } of stretches) expect(to.timeMs).toBeGreaterThanOrEqual(from.timeMs)
          }
        }
        if (call.legs.every((leg) => leg.end !== undefined)) {
          const talks = call.legs.map((leg) => measureLeg(leg).talk.ms).sort((a, b) => b - a)
          const { twoWayTalk } = measureCall(call)
          expect(twoWayTalk.ms).toBeLessThanOrEqual(talks[0] ?? 0)
          if (call.legs.length === 2) expect(twoWayTalk.ms).toBeLessThanOrEqual(talks[1] ?? 0)
        }
      }),
    )
  })
})

describe("the agent's figures and their evidence", () => {
  const agentFigures = (name: (typeof STREAM_NAMES)[number], extensionId = AGENT_EXTENSION_ID) =>
    measureAgent(follow(loadStream(name)), extensionId)

  it('are those of the own leg for a call that came in', () => {
    const figures = agentFigures('pstn-to-user')
    expect(figures).toMatchObject({ ring: { ms: 7345 }, talk: { ms: 12414 }, hold: { ms: 2393 } })
    expect(figures && explain(figures.ring)).toEqual(['Proceeding #7 → Answered #8'])
    expect(figures && explain(figures.talk)).toEqual(['Answered #8 → Hold #9', 'Answered #10 → Disconnected #11'])
    expect(figures && explain(figures.hold)).toEqual(['Hold #9 → Answered #10'])
  })

  it("have the called party's ring for a call that went out", () => {
    const figures = agentFigures('user-to-pstn')
    expect(figures).toMatchObject({ ring: { ms: 7209 }, talk: { ms: 12843 }, hold: { ms: 3275 } })
    expect(figures && explain(figures.ring)).toEqual(['Proceeding #3 → Answered #5'])
  })

  it('do not take the early Answered of a call to a colleague for talk', () => {
    const figures = agentFigures('user-to-user', '400104')
    expect(figures).toMatchObject({ ring: { ms: 6674 }, talk: { ms: 9648 }, hold: { ms: 4319 } })
    expect(figures && explain(figures.talk)).toEqual(['Answered #6 → Hold #7', 'Answered #8 → Disconnected #9'])
  })

  it('are marked as estimates when only the own leg of an outgoing call is visible', () => {
    const own = loadStream('user-to-user').filter(({ parties }) => parties[0]?.extensionId === '400104')
    const figures = measureAgent(follow(own), '400104')
    expect(figures?.talk).toMatchObject({ ms: 16344, estimate: 'ownLegOnly' })
    expect(figures?.hold.estimate).toBeUndefined()
  })
})

describe('two-way talk', () => {
  it('of no length does not begin: the wait goes on', () => {
    const call = follow([
      step(2, 0, 'Answered', { id: 'p-1' }),
      step(3, 100, 'Answered', { id: 'p-2' }),
      step(4, 100, 'Hold', { id: 'p-2' }),
      step(5, 300, 'Answered', { id: 'p-2' }),
      step(6, 900, 'Disconnected', { id: 'p-1' }),
      step(7, 900, 'Disconnected', { id: 'p-2' }),
    ])
    expect(measureCall(call)).toMatchObject({ twoWayTalk: { ms: 600 }, callerWait: { ms: 300 }, hold: { ms: 200 } })
  })

  it('that never came leaves the wait at the whole call, and unknown while the call goes on', () => {
    const ringing = [step(2, 0, 'Setup', { id: 'p-1' }), step(3, 50, 'Proceeding', { id: 'p-2' })]
    const ended = [step(4, 400, 'Disconnected', { id: 'p-1' }), step(5, 410, 'Disconnected', { id: 'p-2' })]
    expect(measureCall(follow(ringing)).callerWait).toBeUndefined()
    expect(measureCall(follow([...ringing, ...ended])).callerWait?.ms).toBe(410)
  })
})
