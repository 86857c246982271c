import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linkCalls } from '../../../shared/call/journey.ts'
import { Tracker } from '../../../shared/call/track.ts'
import type { ActOutcome, ActRecord } from '../../../shared/protocol/act.ts'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import { isOnlySaid } from '../../../shared/rules/evaluate.ts'
import { createRoutedCalls, type RoutedAct, type RoutedCalls } from '../../../shared/rules/routed-calls.ts'
import type { Rule, RuleBook } from '../../../shared/rules/rule.ts'
import { PAST_AFTER_MS } from '../../../shared/rules/session-memory.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { type Arrival, anyArrivals, anyBook, kindInScene } from '../../support/routed-scene.ts'
import { ALERT, buildBook, buildRule, buildWindow, SUPERVISE } from '../../support/rules.ts'
import { loadStream, type StreamName } from '../../support/streams.ts'

interface Played {
  readonly acts: readonly RoutedAct[]
  /** How many events had arrived when each was due. */
  readonly arrivedBefore: readonly number[]
}

interface Play {
  readonly book: RuleBook
  readonly arrivals: readonly Pick<Arrival, 'event' | 'receivedMs'>[]
  /** Numbers of arrivals before which it is started anew, from what was told and done until then. */
  readonly restarts?: readonly number[]
  readonly outcome?: ActOutcome | undefined
}

/** What comes of rules when events arrive, with all that is due in between, each act answered at once. */
function play({ book, arrivals, restarts = [], outcome = 'done' }: Play): Played {
  const done: RoutedAct[] = []
  const arrivedBefore: number[] = []
  let calls = createRoutedCalls({ book, kindOf: kindInScene })
  const act = (nowMs: number, arrived: number) => {
    for (const one of calls.takeDue(nowMs)) {
      done.push(one)
      arrivedBefore.push(arrived)
      if (!isOnlySaid(one)) calls.noteAct(recordOf(one, outcome), nowMs)
    }
  }
  const passUntil = (untilMs: number, arrived: number) => {
    for (let nextMs = calls.lookAgainMs; nextMs !== undefined && nextMs < untilMs; nextMs = calls.lookAgainMs)
      act(nextMs, arrived)
  }
  for (const [index, { event, receivedMs }] of arrivals.entries()) {
    passUntil(receivedMs, index)
    if (restarts.includes(index)) {
      calls = createRoutedCalls({ book, kindOf: kindInScene })
      for (const before of arrivals.slice(0, index)) take(calls, before)
      for (const one of done) if (!isOnlySaid(one)) calls.noteAct(recordOf(one, outcome), one.atMs)
      calls.begin(receivedMs)
      act(receivedMs, index)
    }
    take(calls, { event, receivedMs })
    act(receivedMs, index + 1)
  }
  passUntil((arrivals.at(-1)?.receivedMs ?? 0) + HOUR_MS, arrivals.length)
  return { acts: done, arrivedBefore }
}

function take(calls: RoutedCalls, { event, receivedMs }: Pick<Arrival, 'event' | 'receivedMs'>): void {
  calls.take({ kind: 'telephony', notification: event }, receivedMs)
}

function recordOf({ actId, rule, act, leg }: RoutedAct, outcome: ActOutcome | undefined): ActRecord {
  const { telephonySessionId, partyId } = leg
  const common = { actId, telephonySessionId, partyId, by: { rule: rule.name }, act: act.kind }
  return outcome === undefined
    ? { step: 'intended', ...common }
    : { step: 'answered', ...common, outcome, retryAfterMs: 2000 }
}

function streamArrivals(name: StreamName, delayMs = 50): readonly Pick<Arrival, 'event' | 'receivedMs'>[] {
  return loadStream(name).map((event) => ({ event, receivedMs: event.eventTimeMs + delayMs }))
}

/** What is done and how long after the event at `from`, the stream's number: `forward on 400102 at 6000 ms`. */
function describePlayed(played: Played, events: readonly TelephonyNotification[], from: number): readonly string[] {
  const fromMs = events.find(({ sequence }) => sequence === from)?.eventTimeMs ?? 0
  return played.acts.map(({ act, leg, atMs }) => `${act.kind} on ${leg.ownerId} at ${atMs - fromMs} ms`)
}

function playStream(
  name: StreamName,
  rules: readonly Rule[],
  from: number,
  more: Partial<Play> = {},
): readonly string[] {
  return describePlayed(
    play({ book: buildBook(rules), arrivals: streamArrivals(name), ...more }),
    loadStream(name),
    from,
  )
}

describe('rules, as calls go on', () => {
  it('act as soon as they hold', () => {
    expect(playStream('direct-call', [buildRule()], 3)).toEqual(['forward on 400102 at 50 ms'])
  })

  it('act by themselves when a phone has rung for so long, and not when it is answered before', () => {
    expect(playStream('direct-call', [buildRule({ when: { ringingForMs: 2000 } })], 5)).toEqual([
      'forward on 400102 at 2000 ms',
    ])
    expect(playStream('direct-call', [buildRule({ when: { ringingForMs: 60_000 } })], 5)).toEqual([])
  })

  it('act when a window opens while it rings', () => {
    const ringing = loadStream('no-answer').find(({ parties }) => parties[0]?.status.code === 'Proceeding')
    const opensMs = Math.ceil(((ringing?.eventTimeMs ?? 0) + 2000) / MINUTE_MS) * MINUTE_MS
    const minute = `${new Date(opensMs).getUTCHours()}:${new Date(opensMs).getUTCMinutes()}`
    const rule = buildRule({ when: { times: [buildWindow(minute, '24:00')] } })
    const arrivals = streamArrivals('no-answer').filter(({ event }) => event.eventTimeMs <= (ringing?.eventTimeMs ?? 0))
    const { acts } = play({ book: buildBook([rule]), arrivals })
    expect(acts.map(({ atMs }) => atMs)).toEqual([opensMs])
  })

  it('put a device on the call of the agent who answered', () => {
    const rule = buildRule({ acts: [SUPERVISE], when: { queueIds: new Set(['400195']) } })
    expect(playStream('queue-answered', [rule], 8)).toEqual(['supervise on 400102 at 50 ms'])
  })

  it('tell the act as it is carried out, and by which id', () => {
    const { acts } = play({
      book: buildBook([buildRule({ name: 'Ask first' })]),
      arrivals: streamArrivals('direct-call'),
    })
    const id = loadStream('direct-call')[0]?.telephonySessionId
    expect(acts.map(({ actId }) => actId)).toEqual([`0.1.${id}.Ask first`])
  })

  it('try anew what RingCentral took no more of, while it still holds', () => {
    expect(playStream('no-answer', [buildRule()], 3, { outcome: 'limited' })).toEqual([
      'forward on 400102 at 50 ms',
      'forward on 400102 at 2050 ms',
      'forward on 400102 at 4050 ms',
      'forward on 400102 at 6050 ms',
      'forward on 400102 at 8050 ms',
    ])
    const book = buildBook([buildRule()])
    const arrivals = streamArrivals('direct-call')
    const answered = arrivals.find(({ event: { sequence } }) => sequence === 6)
    const { acts } = play({ book, arrivals, outcome: 'limited' })
    expect(acts.length).toBeGreaterThan(1)
    expect(Math.max(...acts.map(({ atMs }) => atMs))).toBeLessThan(answered?.receivedMs ?? 0)
  })

  it('do nothing with what arrived late, nor with what follows from it alone', () => {
    const late = streamArrivals('direct-call', PAST_AFTER_MS + 1)
    expect(play({ book: buildBook([buildRule({ acts: [ALERT] })]), arrivals: late }).acts).toEqual([])
    expect(
      play({ book: buildBook([buildRule({ acts: [ALERT], when: { ringingForMs: 2000 } })]), arrivals: late }).acts,
    ).toEqual([])
  })

  it('act after a start on what was heard of lately, and on the rest when it is heard of again', () => {
    const book = buildBook([buildRule({ acts: [ALERT] })])
    const arrivals = streamArrivals('direct-call')
    const answered = arrivals.findIndex(
      ({ event }) => event.parties[0]?.status.code === 'Answered' && event.sequence > 5,
    )
    const start = (waitMs: number) => {
      const calls = createRoutedCalls({ book, kindOf: kindInScene })
      for (const one of arrivals.slice(0, answered + 1)) take(calls, one)
      const nowMs = (arrivals[answered]?.receivedMs ?? 0) + waitMs
      calls.begin(nowMs)
      return { calls, nowMs }
    }
    const soon = start(PAST_AFTER_MS)
    expect(soon.calls.takeDue(soon.nowMs)).toHaveLength(1)
    const later = start(PAST_AFTER_MS + 1)
    expect(later.calls.takeDue(later.nowMs)).toEqual([])
    const next = arrivals[answered + 1]
    if (next === undefined) throw new Error('the stream should go on')
    later.calls.take({ kind: 'telephony', notification: { ...next.event, eventTimeMs: later.nowMs } }, later.nowMs + 50)
    expect(later.calls.takeDue(later.nowMs + 50)).toHaveLength(1)
  })

  it('change at once for calls that go on', () => {
    const calls = createRoutedCalls({ book: buildBook([]), kindOf: kindInScene })
    for (const one of streamArrivals('direct-call').slice(0, 4)) take(calls, one)
    const nowMs = streamArrivals('direct-call')[3]?.receivedMs ?? 0
    expect(calls.takeDue(nowMs)).toEqual([])
    calls.setBook(buildBook([buildRule()]))
    expect(calls.takeDue(nowMs).map(({ act }) => act.kind)).toEqual(['forward'])
    calls.setBook(buildBook([buildRule({ name: 'another' })]))
    expect(calls.takeDue(nowMs)).toEqual([])
  })

  it('leave nothing of calls that are over', () => {
    const calls = createRoutedCalls({
      book: buildBook([buildRule({ when: { ringingForMs: 90_000 } })]),
      kindOf: kindInScene,
    })
    const arrivals = streamArrivals('queue-answered')
    for (const one of arrivals) take(calls, one)
    const endMs = arrivals.at(-1)?.receivedMs ?? 0
    calls.takeDue(endMs)
    expect(calls.size).toBe(1)
    calls.forget(endMs + 3 * MINUTE_MS)
    expect([calls.size, calls.lookAgainMs]).toEqual([0, undefined])
  })

  it('that send a call to each other end', () => {
    const to = (name: string, from: string, extensionId: string) =>
      buildRule({
        name,
        goOn: true,
        when: { extensionIds: new Set([from]) },
        acts: [{ kind: 'forward', to: { extensionId } }],
      })
    const calls = createRoutedCalls({
      book: buildBook([to('there', '400102', '400104'), to('back', '400104', '400102')]),
      kindOf: kindInScene,
    })
    const [setUp, reached] = loadStream('forwarded-while-ringing')
    if (setUp === undefined || reached === undefined) throw new Error('the stream should have two events')
    take(calls, { event: setUp, receivedMs: setUp.eventTimeMs })
    const sent: string[] = []
    let nowMs = reached.eventTimeMs
    for (let hop = 0, owner = '400102'; hop < 20; hop++) {
      const party = { ...reached.parties[0], id: `p-hop-${hop}`, extensionId: owner } as (typeof reached.parties)[0]
      const event = { ...reached, uuid: `hop-${hop}`, sequence: 10 + 2 * hop, eventTimeMs: nowMs, parties: [party] }
      take(calls, { event, receivedMs: nowMs })
      const due = calls.takeDue(nowMs)
      for (const one of due) {
        sent.push(one.rule.name)
        calls.noteAct(recordOf(one, 'done'), nowMs)
        if (one.act.kind === 'forward' && 'extensionId' in one.act.to) owner = one.act.to.extensionId
      }
      const left = {
        ...party,
        status: { ...party.status, code: 'Disconnected' as const, reason: 'BlindTransfer' as const },
      }
      take(calls, {
        event: { ...event, uuid: `left-${hop}`, sequence: 11 + 2 * hop, parties: [left] },
        receivedMs: nowMs,
      })
      if (due.length === 0) break
      nowMs += SECOND_MS
    }
    expect(sent).toEqual(['there', 'back'])
  })
})

describe('whatever arrives, and however often it is started anew', () => {
  const anyCourse = fc
    .record({
      book: anyBook(),
      arrivals: anyArrivals(),
      outcome: fc.constantFrom('done', 'tooLate', 'limited', undefined),
    })
    .chain((course) =>
      fc
        .array(fc.nat(Math.max(0, course.arrivals.length - 1)), { maxLength: 2 })
        .map((restarts): Play => ({ ...course, restarts })),
    )

  it('nothing is done on a leg that has ended, on the past, twice, or more than four times with a call', () => {
    fc.assert(
      fc.property(anyCourse, (course) => {
        const { acts, arrivedBefore } = play(course)
        for (const [at, act] of acts.entries()) {
          const heard = course.arrivals.slice(0, arrivedBefore[at])
          const trackers = followArrivals(heard)
          const tracker = trackers.get(act.leg.telephonySessionId)
          const leg = tracker?.legs.find(({ id }) => id === act.leg.partyId)
          expect(leg?.current).toBeDefined()
          const own = heard.filter(({ event }) => event.telephonySessionId === act.leg.telephonySessionId)
          const latestMs = Math.max(...own.map(({ event }) => event.eventTimeMs))
          const latest = own.filter(({ event }) => event.eventTimeMs === latestMs)
          expect(latest.some(({ receivedMs }) => receivedMs - latestMs <= PAST_AFTER_MS)).toBe(true)
          const sessions = sessionsWith(trackers, act.leg.telephonySessionId)
          const before = acts.slice(0, at + 1).filter((one) => sessions.has(one.leg.telephonySessionId))
          expectWithinLimits(before, course)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('the same is done by each who hears the same, and with the same ids', () => {
    fc.assert(
      fc.property(anyCourse, (course) => {
        expect(play(course)).toEqual(play(course))
      }),
      { numRuns: 50 },
    )
  })
})

function followArrivals(heard: readonly Pick<Arrival, 'event'>[]): ReadonlyMap<string, Tracker> {
  const trackers = new Map<string, Tracker>()
  for (const { event } of heard) {
    const tracker = trackers.get(event.telephonySessionId) ?? new Tracker(event.telephonySessionId)
    trackers.set(event.telephonySessionId, tracker)
    tracker.take(event)
  }
  return trackers
}

function sessionsWith(trackers: ReadonlyMap<string, Tracker>, id: string): ReadonlySet<string> {
  const journey = linkCalls([...trackers.values()]).find(({ calls }) =>
    calls.some(({ telephonySessionId }) => telephonySessionId === id),
  )
  return new Set(journey?.calls.map(({ telephonySessionId }) => telephonySessionId))
}

/** `acts`: all of one customer's call until the last of them. */
function expectWithinLimits(acts: readonly RoutedAct[], { outcome, restarts = [] }: Play): void {
  const last = acts.at(-1)
  if (last === undefined) return
  const isSameEntry = (one: RoutedAct) => one.rule.name === last.rule.name && one.entry === last.entry
  const again = acts.filter(isSameEntry)
  if (isOnlySaid(last)) {
    // What is only said is written down nowhere: it is said anew after a start.
    expect(again.length).toBeLessThanOrEqual(1 + restarts.length)
    return
  }
  const real = acts.filter((one) => !isOnlySaid(one))
  const isMove = ({ act }: RoutedAct) => ['forward', 'transfer', 'reply'].includes(act.kind)
  if (outcome === 'limited') expect(again.length).toBeLessThanOrEqual(5)
  else {
    expect(again).toHaveLength(1)
    expect(real.length).toBeLessThanOrEqual(4)
    if (isMove(last)) expect(real.filter((one) => isMove(one) && one.rule.name === last.rule.name)).toHaveLength(1)
  }
}
