import { describe, expect, it } from 'vitest'
import type { QueueTally } from '../../../shared/live/types.ts'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import { HOUR_MS, MINUTE_MS } from '../../../shared/time.ts'
import { followAccount, SALES, toldAs } from '../../support/live.ts'
import { loadStream, type StreamName } from '../../support/streams.ts'
import { attendedTransferToBea, listenedToByBea } from '../../support/tied-scenarios.ts'
import { decodeTiedSessions } from '../../support/tied-sessions.ts'

const [BEA, SAM, NOOR] = ['400102', '400104', '400103'] as const

/** The account after the first events of a stream. */
function accountAfter(name: StreamName, events = Number.POSITIVE_INFINITY) {
  return followAccount(loadStream(name).slice(0, events))
}

function timeOf(name: StreamName, sequence: number): number {
  return loadStream(name).find((event) => event.sequence === sequence)?.eventTimeMs ?? Number.NaN
}

describe('an extension', () => {
  it('B1 rings, talks and holds since the events that say so, with whom and in which queue', () => {
    const name = 'queue-answered'
    const at = (events: number) => accountAfter(name, events).extension(BEA).calls[0]
    expect(at(4)).toMatchObject({
      state: 'ringing',
      sinceMs: timeOf(name, 5),
      direction: 'Inbound',
      queueId: SALES,
      queueName: 'Sales',
      holdingSinceMs: undefined,
    })
    expect(at(8)).toMatchObject({
      state: 'talking',
      sinceMs: timeOf(name, 8),
      counterpart: { name: 'Ada Winter', phoneNumber: '+14085550123' },
    })
    expect(at(11)).toMatchObject({ state: 'holding', holdingSinceMs: timeOf(name, 12) })
    expect(at(12)).toMatchObject({ state: 'talking', sinceMs: timeOf(name, 13), holdingSinceMs: undefined })
    expect(at(14)).toBeUndefined()
  })

  it('B1 dials until the called person answers', () => {
    const states = loadStream('user-to-pstn').map((_, index) =>
      accountAfter('user-to-pstn', index + 1)
        .extension(BEA)
        .calls.map(({ state }) => state),
    )
    expect(states[0]).toEqual(['dialling'])
    expect(states.flat()).toContain('talking')
    expect(states.at(-1)).toEqual([])
  })

  it('B1 shows what takes most of the person first', () => {
    const events = decodeTiedSessions(attendedTransferToBea())
    const sam = events
      .map((_, index) => followAccount(events.slice(0, index + 1)).extension(SAM).calls)
      .find((calls) => calls.length === 2 && calls.some(({ state }) => state === 'talking'))
    expect(sam?.map(({ state, counterpart }) => [state, counterpart.name])).toEqual([
      ['talking', 'Bea Lindqvist'],
      ['holding', 'Ada Winter'],
    ])
  })

  it('B1 listens to a call that others have, and that counts as no call', () => {
    const events = decodeTiedSessions(listenedToByBea())
    const states = events.flatMap((_, index) =>
      followAccount(events.slice(0, index + 1))
        .extension(BEA)
        .calls.map(({ state }) => state),
    )
    expect(states).toContain('listening')
    expect(followAccount(events).extension(BEA).today).toMatchObject({ calls: 0, talkMs: 0 })
  })

  it('B6 counts its calls that have ended for it, while they go on for others', () => {
    const events = loadStream('blind-transfer')
    const account = followAccount([])
    const course = events.map((event) => {
      account.take(toldAs(event))
      return {
        bea: account.extension(BEA).today,
        others: account.listExtensions().flatMap((id) => account.extension(id).calls),
      }
    })
    const left = course.find(({ bea }) => bea.calls === 1)
    expect(left?.bea).toMatchObject({ calls: 1, answered: 1, missed: 0 })
    expect(course.some(({ bea, others }) => bea.calls === 1 && others.length > 0)).toBe(true)
    expect(course.at(-1)?.bea).toEqual(left?.bea)
  })

  it('B6 has the talk and hold that its own popup has, and is idle since its last call ended', () => {
    const name = 'queue-answered'
    expect(accountAfter(name).extension(BEA)).toEqual({
      extensionId: BEA,
      calls: [],
      lastCall: {
        telephonySessionId: loadStream(name)[0]?.telephonySessionId,
        endedMs: timeOf(name, 15),
        queueId: SALES,
      },
      today: { calls: 1, answered: 1, missed: 0, talkMs: 50_181, holdMs: 12_576 },
    })
    expect(accountAfter('queue-abandoned').extension(BEA)).toMatchObject({
      lastCall: { queueId: undefined },
      today: { calls: 1, answered: 0, missed: 1 },
    })
  })
})

describe('a queue', () => {
  const waitingAfter = (name: StreamName, events: number) => accountAfter(name, events).queue(SALES).waiting

  it('B4 has a caller from its own first event until an agent answers, however many phones ring', () => {
    const name = 'queue-answered'
    expect(waitingAfter(name, 1)).toEqual([])
    expect(waitingAfter(name, 2)).toMatchObject([
      { sinceMs: timeOf(name, 3), caller: { phoneNumber: '+14085550123' }, ringing: [] },
    ])
    expect(waitingAfter(name, 6)).toMatchObject([{ sinceMs: timeOf(name, 3), ringing: [BEA, SAM, NOOR] }])
    expect(waitingAfter(name, 8)).toEqual([])
    expect(accountAfter(name, 8).queue(SALES).onPhone).toEqual([
      { extensionId: BEA, telephonySessionId: loadStream(name)[0]?.telephonySessionId },
    ])
    expect(accountAfter(name).queue(SALES).onPhone).toEqual([])
  })

  it('B4 is found by the agents that are rung in its name where the directory does not tell it', () => {
    const events = loadStream('queue-answered').map((event) => rename(event, SALES, '400777'))
    const account = followAccount(events.slice(0, 4))
    expect(account.queue('400777').waiting).toHaveLength(1)
    expect(account.extension('400777').calls).toEqual([])
  })

  it('B4 keeps one caller while it rings one agent after the other', () => {
    const name = 'queue-rings-again'
    const events = loadStream(name)
    for (const [index] of events.entries()) {
      const { waiting } = accountAfter(name, index + 1).queue(SALES)
      const isWaiting = index >= 1 && index < 10
      expect(waiting.map(({ sinceMs }) => sinceMs)).toEqual(isWaiting ? [timeOf(name, 3)] : [])
    }
  })

  it('B4 lets nobody wait whose end was lost: an agent has the call, or all others have left', () => {
    const untold = (name: StreamName) =>
      loadStream(name).filter(
        ({ parties }) => parties[0]?.extensionId !== SALES || parties[0].status.code !== 'Disconnected',
      )
    const answered = untold('queue-answered')
    const accountOf = (events: number) => followAccount(answered.slice(0, events)).queue(SALES)
    expect(accountOf(9).waiting).toHaveLength(1)
    expect(accountOf(10).waiting).toEqual([])
    expect(accountOf(14).today).toMatchObject({ answered: 1, longestWait: { waitMs: 10_847 } })
    const abandoned = untold('queue-abandoned')
    expect(followAccount(abandoned.slice(0, 9)).queue(SALES).waiting).toHaveLength(1)
    expect(followAccount(abandoned).queue(SALES)).toMatchObject({ waiting: [], today: { abandoned: 1 } })
  })

  const outcomes: readonly (readonly [StreamName, Partial<QueueTally>])[] = [
    ['queue-answered', { answered: 1, abandoned: 0, redirected: 0 }],
    ['queue-answered-elsewhere', { answered: 1, abandoned: 0, redirected: 0 }],
    ['queue-rings-again', { answered: 1, abandoned: 0, redirected: 0 }],
    ['queue-abandoned', { answered: 0, abandoned: 1, redirected: 0 }],
  ]
  it.each(outcomes)('B5 %s comes out so', (name, tally) => {
    expect(accountAfter(name).queue(SALES).today).toMatchObject({ offered: 1, ...tally })
  })

  it('B5 sent a caller elsewhere when a mailbox took the call', () => {
    const events = loadStream('queue-abandoned')
    const toVoicemail = events.map((event) =>
      event.sequence === 8 || event.sequence === 9 ? { ...event, sequence: event.sequence + 20 } : event,
    )
    const queueLeg = events.find(({ sequence }) => sequence === 9)
    const party = queueLeg?.parties[0]
    if (queueLeg === undefined || party === undefined) throw new Error('the stream should end the leg of its queue')
    const status = { ...party.status, code: 'VoiceMail' as const, rawCode: 'VoiceMail' }
    const boxed = {
      ...queueLeg,
      sequence: 9,
      eventTimeMs: queueLeg.eventTimeMs - 9_000,
      parties: [{ ...party, status }],
    }
    expect(followAccount([...toVoicemail, boxed]).queue(SALES).today).toMatchObject({
      offered: 1,
      redirected: 1,
      abandoned: 0,
      longestWait: { waitMs: 27_935 - 9_000 },
    })
  })

  it('B7 counts waits by seconds, rounded up, and knows the longest to the millisecond', () => {
    const account = followAccount([
      ...loadStream('queue-answered'),
      ...loadStream('queue-abandoned'),
      ...loadStream('queue-rings-again'),
    ])
    const { today } = account.queue(SALES)
    expect(today).toMatchObject({ offered: 3, answered: 2, abandoned: 1, redirected: 0 })
    expect([...today.answeredWaits].sort()).toEqual([
      [11, 1],
      [37, 1],
    ])
    expect([...today.abandonedWaits]).toEqual([[28, 1]])
    expect(today.longestWait).toEqual({
      telephonySessionId: loadStream('queue-rings-again')[0]?.telephonySessionId,
      waitMs: 36_904,
    })
  })
})

describe('the day', () => {
  const name = 'queue-answered'
  const startMs = timeOf(name, 3)

  it('B8 counts a caller who came and a call that began before midnight with yesterday', () => {
    const events = loadStream(name)
    const account = followAccount(events, { sinceMs: startMs + 1000 })
    expect(account.queue(SALES).today.offered).toBe(0)
    expect(account.extension(BEA).today.calls).toBe(1)
    account.beginDay(timeOf(name, 5) + 1)
    expect(account.extension(BEA)).toMatchObject({ today: { calls: 0 }, lastCall: { endedMs: timeOf(name, 15) } })
  })

  it('B8 begins anew at midnight, with what goes on and what ended a moment ago counted where it belongs', () => {
    const events = loadStream(name)
    const account = followAccount(events.slice(0, 9))
    account.beginDay(startMs)
    expect(account.queue(SALES).today).toMatchObject({ offered: 1, answered: 1 })
    account.beginDay(startMs + HOUR_MS)
    expect(account.queue(SALES).today.offered).toBe(0)
    for (const event of events.slice(9)) account.take(toldAs(event))
    expect(account.extension(BEA).today.calls).toBe(0)
    expect(account.extension(BEA).lastCall?.endedMs).toBe(timeOf(name, 15))
  })
})

describe('what is over', () => {
  const name = 'queue-answered'
  const endMs = timeOf(name, 15)

  it('B9 leaves after two minutes, and what it came to stays', () => {
    const account = accountAfter(name)
    const before = account.extension(BEA)
    expect(account.forget(endMs + 2 * MINUTE_MS - 1)).toEqual([])
    expect(account.size).toBe(1)
    expect(account.forget(endMs + 2 * MINUTE_MS)).toEqual([loadStream(name)[0]?.telephonySessionId])
    expect(account.size).toBe(0)
    expect(account.extension(BEA)).toEqual(before)
  })

  it('B9 is counted anew with a late event once its history is given back', () => {
    const events = loadStream(name)
    const early = events.filter(({ sequence }) => sequence !== 13)
    const account = followAccount(early)
    account.forget(endMs + HOUR_MS)
    expect(account.extension(BEA).today).toMatchObject({ calls: 1, talkMs: 20_576 })
    account.restore(early.map(toldAs), endMs + HOUR_MS)
    for (const event of events) account.take(toldAs(event))
    expect(account.extension(BEA).today).toMatchObject({ calls: 1, talkMs: 50_181 })
  })

  it('B9 knows which sessions have to come back together', () => {
    const account = followAccount(decodeTiedSessions(attendedTransferToBea()))
    const gone = account.forget(Date.UTC(2030, 0))
    expect(gone).toHaveLength(2)
    for (const id of gone) expect([...account.tiedTo(id)].sort()).toEqual([...gone].sort())
    expect(account.tiedTo('s-unheard-of')).toEqual(['s-unheard-of'])
  })

  it('tells once which sessions a party went to that are not there', () => {
    const events = decodeTiedSessions(attendedTransferToBea()).filter((event) => event.telephonySessionId === 's')
    const account = followAccount(events)
    expect(account.takeUnseen()).toEqual(['t'])
    expect(account.takeUnseen()).toEqual([])
  })
})

describe('what has changed', () => {
  it('is told by extension and queue, and the others stay the same objects', () => {
    const account = followAccount([
      ...loadStream('queue-answered').slice(0, 8),
      ...loadStream('user-to-user').slice(0, 4),
    ])
    account.takeChanges()
    const before = new Map(account.listExtensions().map((id) => [id, account.extension(id)]))
    const hold = loadStream('queue-answered').find(({ sequence }) => sequence === 12)
    if (hold === undefined) throw new Error('the stream should have a hold')
    account.take(toldAs(hold))
    expect([...account.takeChanges().extensionIds]).toEqual([BEA])
    for (const [id, row] of before) if (id !== BEA) expect(account.extension(id)).toBe(row)
    expect(account.extension(BEA)).not.toBe(before.get(BEA))
  })

  it('is nothing when nothing new was told', () => {
    const account = accountAfter('queue-answered')
    account.takeChanges()
    for (const event of loadStream('queue-answered')) account.take(toldAs(event))
    const { extensionIds, queueIds } = account.takeChanges()
    expect([extensionIds.size, queueIds.size]).toEqual([0, 0])
  })
})

/** The same event with another extension in the place of one. */
function rename(event: TelephonyNotification, from: string, to: string): TelephonyNotification {
  return JSON.parse(JSON.stringify(event).replaceAll(`"${from}"`, `"${to}"`))
}
