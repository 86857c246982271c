import 'fake-indexeddb/auto'
import { deleteDB } from 'idb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeControlRequest } from '../../../../entrypoints/background/actions/control-request.ts'
import { type Calls, createCalls } from '../../../../entrypoints/background/calls/calls.ts'
import { listSessions, readStory } from '../../../../entrypoints/lib/call/call-story.ts'
import { unpackDay } from '../../../../entrypoints/lib/store/day-packs.ts'
import { isFinished } from '../../../../entrypoints/lib/store/finished.ts'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import { readEvents, readLastCalls } from '../../../../entrypoints/lib/store/read.ts'
import type { CallRow } from '../../../../entrypoints/lib/store/schema.ts'
import { exportCall } from '../../../../entrypoints/reports/export/exported-call.ts'
import { describeCalls } from '../../../../entrypoints/reports/report-call.ts'
import type { News } from '../../../../shared/call/difference.ts'
import { selectMyCalls } from '../../../../shared/call/my-calls.ts'
import { measureMyCall } from '../../../../shared/metrics/my-call.ts'
import { mergeAllTallies, tallyCalls } from '../../../../shared/metrics/tally.ts'
import { createCalendar } from '../../../../shared/metrics/tally-calendar.ts'
import { decode, START_MS } from '../../../support/notification.ts'
import { createRandom, shuffle } from '../../../support/random.ts'
import {
  ALL_SCENARIOS,
  attendedTransferByBea,
  attendedTransferToBea,
  conference,
  connectedAndSentBack,
  listenedToByBea,
  pickedUpByBea,
} from '../../../support/tied-scenarios.ts'
import { buildTiedSessions, extensionOf, PEOPLE, type TiedSessions } from '../../../support/tied-sessions.ts'
import { followTold } from '../../../support/told.ts'

/** What a person is shown of calls that go through several sessions, event by event, and what is kept of them. */

const user = { accountId: '400100', extensionId: extensionOf('bea') } as const
const ENDED_CARD_MS = 60_000
const DELAY_MS = 40
const CALENDAR = createCalendar('Europe/Berlin')

let store: PersonStore
let calls: Calls
let news: (readonly [string, readonly News[]])[]
let head: number

beforeEach(async () => {
  store = await openPersonStore(user)
  head = 0
  calls = begin()
})
afterEach(async () => {
  store.close()
  await deleteDB(`ringside:${user.accountId}:${user.extensionId}`)
})

function begin(): Calls {
  news = []
  return createCalls({
    store,
    relayUrl: 'https://relay.example.com',
    extensionId: user.extensionId,
    country: 'US',
    dayContext: () => ({ calendar: CALENDAR, timeZone: 'Europe/Berlin' }),
    onShown: () => undefined,
    onNews: (row, told) => news.push([row.telephonySessionId, told]),
    onStored: () => undefined,
  })
}

async function ingest(envelopes: readonly Record<string, unknown>[]): Promise<void> {
  const events = envelopes.map((notification) => {
    head += 1
    const happenedMs = Date.parse(String(notification.timestamp))
    return { position: head, receivedAt: new Date(happenedMs + DELAY_MS).toISOString(), notification }
  })
  const nowMs = Math.max(START_MS, ...events.map(({ receivedAt }) => Date.parse(receivedAt)))
  await calls.ingest(
    { epoch: 'e', head, isPast: false, events },
    { isComplete: true, nowMs, endedCardMs: ENDED_CARD_MS },
  )
}

/** Takes one event after the other in, and answers with what is up after each. */
async function play<T>(tied: TiedSessions, read: (up: readonly CallRow[]) => T): Promise<readonly T[]> {
  const seen: T[] = []
  for (const envelope of buildTiedSessions(tied)) {
    await ingest([envelope])
    seen.push(read(calls.active()))
  }
  return seen
}

/** Without what is repeated right after. */
const changes = <T>(values: readonly T[]): readonly T[] =>
  values.filter((value, index) => JSON.stringify(value) !== JSON.stringify(values[index - 1]))

const counted = async () => (await store.getAll('calls')).filter(isFinished)

it('D1 a customer who is sent back to me, in the session in which I had asked a colleague, has a card again', async () => {
  const shown = await play(connectedAndSentBack(), (up) =>
    up.filter(({ phase }) => phase !== 'ended').map(({ name, phase, direction }) => `${direction} ${name}: ${phase}`),
  )
  expect(changes(shown).slice(-4)).toEqual([[], ['Inbound Ada Winter: ringing'], ['Inbound Ada Winter: talking'], []])
  expect(await counted()).toMatchObject([
    { telephonySessionId: 's', name: 'Ada Winter', outcome: 'answered' },
    { telephonySessionId: 't', name: 'Ada Winter', outcome: 'transferred' },
  ])
})

describe('J7 a call that a colleague connects to me', () => {
  it('has the customer on its card from then on, and keeps them in its row', async () => {
    const shown = await play(attendedTransferToBea(), (up) => up.map(({ name, phase }) => `${name}: ${phase}`))
    expect(changes(shown)).toEqual([
      [],
      ['Sam Okafor: ringing'],
      ['Sam Okafor: talking'],
      ['Ada Winter: talking'],
      ['Ada Winter: ended'],
    ])
    const [row, ...others] = await counted()
    expect(others).toEqual([])
    expect(row).toMatchObject({
      name: 'Ada Winter',
      phoneNumber: PEOPLE.ada.phoneNumber,
      numberKey: `tel:${PEOPLE.ada.phoneNumber}`,
      talkMs: 56_000,
      twoWayTalkMs: 56_000,
      isEstimate: false,
    })
    if (row !== undefined) {
      const facts = { note: { text: '', tags: [] }, returned: undefined }
      expect(exportCall(row, facts)).toMatchObject({ name: 'Ada Winter', number: PEOPLE.ada.phoneNumber })
    }
  })

  it('is marked when the customer cannot be seen', async () => {
    const envelopes = buildTiedSessions(attendedTransferToBea())
    await ingest(envelopes.filter(({ body }) => (body as { telephonySessionId: string }).telephonySessionId === 's'))
    expect(await counted()).toMatchObject([{ talkMs: 56_000, twoWayTalkMs: 16_000, isEstimate: true }])
  })

  it('has them also for a worker that was ended meanwhile', async () => {
    const envelopes = buildTiedSessions(attendedTransferToBea())
    for (const envelope of envelopes) {
      await ingest([envelope])
      await calls.settled()
      calls = begin()
      await calls.load({ isComplete: true, nowMs: START_MS + 90_000, endedCardMs: ENDED_CARD_MS })
    }
    expect(await counted()).toMatchObject([{ name: 'Ada Winter', talkMs: 56_000, twoWayTalkMs: 56_000 }])
  })
})

describe('J8 a conference', () => {
  it('is one running call whose actions are those of my leg in it', async () => {
    const shown = await play(conference(), (up) => up.map(({ name, phase }) => `${name}: ${phase}`))
    expect(changes(shown).at(-2)).toEqual(['Ada Winter: talking'])
    expect(changes(shown).at(-1)).toEqual(['Ada Winter: ended'])
  })

  it('tells who is in it, and is hung up where it goes on', async () => {
    await play(conference('grace', { isEnded: false }), () => undefined)
    const [row, ...others] = calls.active()
    expect(others).toEqual([])
    expect(row).toMatchObject({
      telephonySessionId: 'a',
      phase: 'talking',
      conferenceWith: [{ name: 'Grace Okonkwo' }],
    })
    const facts = { extensionId: user.extensionId, country: 'US', deviceId: undefined }
    expect(row && writeControlRequest(row, { kind: 'hangUp' }, facts)).toEqual({
      method: 'DELETE',
      path: `/v1/sessions/c/parties/${row?.partyId}`,
    })
    expect(row?.partyId).toBe('p-c-1')
  })

  it('is asked about where it goes on', async () => {
    await play(conference('grace', { isEnded: false }), () => undefined)
    expect(calls.questions(START_MS + 10 * 3_600_000)).toEqual(['c'])
    const asOf = new Date(START_MS + 10 * 3_600_000).toISOString()
    await calls.ingestAnswer(
      { telephonySessionId: 'c', asOf, found: false },
      { isComplete: true, nowMs: Date.parse(asOf), endedCardMs: ENDED_CARD_MS },
    )
    expect(calls.active().map(({ phase }) => phase)).toEqual(['ended'])
  })

  it('counts as the customers’ calls, once each, with the time in it once', async () => {
    await play(conference(), () => undefined)
    expect(
      (await counted()).map(({ telephonySessionId, outcome, talkMs }) => [telephonySessionId, outcome, talkMs]),
    ).toEqual([
      ['a', 'answered', 77_000],
      ['b', 'answered', 16_000],
    ])
  })

  it('goes on for a worker that was ended meanwhile', async () => {
    await play(conference('grace', { isEnded: false }), () => undefined)
    await calls.settled()
    calls = begin()
    await calls.load({ isComplete: true, nowMs: START_MS + 90_000, endedCardMs: ENDED_CARD_MS })
    expect(calls.active()).toMatchObject([{ telephonySessionId: 'a', phase: 'talking', currentSessionId: 'c' }])
    const ends = buildTiedSessions(conference()).slice(-3)
    await ingest(ends)
    expect(await counted()).toMatchObject([{ talkMs: 77_000 }, { talkMs: 16_000 }])
  })
})

describe('J9 what is no call by itself', () => {
  const shapes: readonly (readonly [string, TiedSessions, readonly string[], readonly string[]])[] = [
    ['a consultation', attendedTransferByBea(), ['t'], ['s']],
    ['what was dialled to pick a call up', pickedUpByBea(), ['t'], ['p']],
    ['what I listened to', listenedToByBea(), [], ['l', 't']],
  ]
  it.each(shapes)('%s counts nowhere and is no last call', async (_, tied, ids, parts) => {
    await play(tied, () => undefined)
    const rows = await store.getAll('calls')
    expect((await counted()).map(({ telephonySessionId }) => telephonySessionId)).toEqual(ids)
    expect((await readLastCalls(store, 10)).map(({ telephonySessionId }) => telephonySessionId)).toEqual(ids)
    expect(rows.filter(({ part }) => part !== undefined).map(({ telephonySessionId }) => telephonySessionId)).toEqual(
      parts,
    )
    expect(calls.active().map(({ telephonySessionId }) => telephonySessionId)).toEqual(ids)
  })

  it('what is dialled to pick a call up has no card', async () => {
    expect(changes(await play(pickedUpByBea(), (up) => up.map(({ name }) => name)))).toEqual([[], ['Ada Winter']])
  })

  it('what I listen to has none from the moment that it shows', async () => {
    const shown = await play(listenedToByBea(), (up) => up.map(({ name }) => name))
    expect(changes(shown)).toEqual([[], ['Sam Okafor'], []])
  })

  it('and the record that was chosen for a colleague is not the customer’s', async () => {
    const envelopes = buildTiedSessions(attendedTransferToBea())
    await ingest(envelopes.slice(0, 9))
    await calls.mark('s', { chosenUrl: 'https://crm.example/sam' })
    await ingest(envelopes.slice(9))
    expect((await counted()).map(({ chosenUrl }) => chosenUrl)).toEqual([undefined])
  })
})

describe.each(ALL_SCENARIOS)('%s', (_, tied) => {
  const envelopes = buildTiedSessions(tied)

  it('F12 days, reports and export add up to the same calls, in any order of arrival', async () => {
    for (const seed of [0, 1, 2]) {
      const order = seed === 0 ? envelopes : shuffle([...envelopes, ...envelopes], createRandom(seed))
      for (const envelope of order) await ingest([envelope])
      const rows = await store.getAll('calls')
      const days = (await store.getAll('days')).map(unpackDay)
      const kept = mergeAllTallies(days.flatMap(({ hours }) => hours.map(({ tally }) => tally)))
      expect(kept).toEqual(tallyCalls(await counted()))
      expect(tallyCalls(describeCalls(rows, CALENDAR).map(({ row }) => row))).toEqual(kept)
    }
  })

  it('has the same rows in any order, and taken apart the figures of the row', async () => {
    await ingest(envelopes)
    const inOrder = await counted()
    for (const seed of [1, 2, 3]) {
      await ingest(shuffle([...envelopes], createRandom(seed)))
      expect((await counted()).map(withoutCard)).toEqual(inOrder.map(withoutCard))
    }
    for (const row of inOrder) {
      const sessions = await listSessions(store, row)
      const saved = (await Promise.all(sessions.map((id) => readEvents(store, id)))).flat()
      expect(new Set(sessions).size).toBe(sessions.length)
      const again = selectMyCalls(
        followTold(saved.map(({ notification }) => decode(notification))).map(({ call }) => call),
        user.extensionId,
      ).find(({ call }) => call.telephonySessionId === row.telephonySessionId)
      expect(again && measureMyCall(again, user.extensionId, () => [])?.agent.talk.ms).toBe(row.talkMs)
      const story = await readStory(store, row, user.extensionId)
      const { ring, talk, hold } = story?.agent ?? {}
      expect([ring?.ms, talk?.ms, hold?.ms]).toEqual([row.ringMs, row.talkMs, row.holdMs])
      if (row.twoWayTalkMs !== undefined) expect(story?.call.twoWayTalk.ms).toBe(row.twoWayTalkMs)
    }
  })
})

function withoutCard({ active: _, shownUntilMs: __, missedUnseen: ___, ...row }: CallRow): Partial<CallRow> {
  return row
}
