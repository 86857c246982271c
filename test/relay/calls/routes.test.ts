import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BoardAnswer, boardAnswer, callsAnswer, sessionEventsAnswer } from '../../../shared/protocol/http/board.ts'
import { decodeNotification } from '../../../shared/protocol/notification.ts'
import type { EventsMessage } from '../../../shared/protocol/wire.ts'
import { eventually } from '../../support/eventually.ts'
import { EXTENSION_ORIGIN } from '../support/extension-address.ts'
import { type RelayFixture, startFixture } from '../support/relay-fixture.ts'
import { signIn } from '../support/sign-in-flow.ts'
import { openStream } from '../support/stream-client.ts'

const [INES, BEA, SAM, NOOR, SALES] = ['400101', '400102', '400104', '400103', '400195'] as const
const ADA = '+14085550123'

let fixture: RelayFixture
let ines: string
let bea: string

beforeAll(async () => {
  fixture = await startFixture()
  ines = (await signIn(fixture, INES)).token
  bea = (await signIn(fixture, BEA)).token
})
afterAll(() => fixture.close())

const ask = (path: string, token: string | undefined = ines) =>
  fetch(`${fixture.relay.url}${path}`, {
    headers: { origin: EXTENSION_ORIGIN, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
  })

async function readBoard(token = ines): Promise<BoardAnswer> {
  const response = await ask('/v1/board', token)
  expect(response.status, await response.clone().text()).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  return v.parse(boardAnswer, await response.json())
}

const problemOf = async (response: Response) => ({
  status: response.status,
  code: ((await response.json()) as { code: string }).code,
})

/** The parts in the events of a board: session, extension and code. */
function partsOf(events: readonly unknown[]): readonly (readonly [session: string, extension: string, code: string])[] {
  return events.flatMap((event) => {
    const decoded = decodeNotification((event as { notification?: unknown }).notification)
    return decoded.kind !== 'telephony'
      ? []
      : decoded.notification.parties.map(
          ({ extensionId = '', status }) =>
            [decoded.notification.telephonySessionId, extensionId, status.rawCode] as const,
        )
  })
}

describe('GET /v1/board', () => {
  it('is the events of what goes on and what today came to, for those who are watched', async () => {
    const { telephonySessionIds: over } = await fixture.platform.replay('queue-answered', {
      speed: Number.POSITIVE_INFINITY,
    })
    const call = fixture.platform.placeCall({ from: ADA, to: BEA })
    const board = await eventually(async () => {
      const read = await readBoard()
      expect(partsOf(read.events)).toContainEqual([call.telephonySessionId, BEA, 'Proceeding'])
      expect(read.today.extensions[BEA]?.calls).toBe(1)
      return read
    })
    expect(board.timeZone).toBe('America/Los_Angeles')
    expect(new Date(board.today.since).toLocaleTimeString('en-GB', { timeZone: board.timeZone })).toBe('00:00:00')
    expect(board.today.queues[SALES]).toMatchObject({ offered: 1, answered: 1, abandoned: 0, redirected: 0 })
    expect(board.today.extensions[BEA]).toMatchObject({
      answered: 1,
      missed: 0,
      lastCall: { telephonySessionId: over[0], queueId: SALES },
    })
    expect(Object.keys(board.today.extensions)).not.toContain(SALES)
    // A queue is named among the extensions as well, so that nobody takes it for a person.
    expect(board.people[SALES]).toMatchObject({ name: 'Sales', type: 'Department' })
    call.hangUp('caller')
    await call.settled()
  })

  it('tells nothing of those who are not watched', async () => {
    const call = fixture.platform.placeCall({ from: ADA, to: INES })
    const other = fixture.platform.placeCall({ from: ADA, to: SAM })
    await Promise.all([call.settled(), other.settled()])
    const board = await eventually(async () => {
      const read = await readBoard()
      expect(partsOf(read.events)).toContainEqual([other.telephonySessionId, SAM, 'Proceeding'])
      return read
    })
    expect(JSON.stringify(board)).not.toContain(call.telephonySessionId)
    for (const one of [call, other]) one.hangUp('caller')
    await Promise.all([call.settled(), other.settled()])
    const after = await readBoard()
    expect(Object.keys(after.today.extensions)).not.toContain(INES)
    expect(JSON.stringify(after)).not.toContain(call.telephonySessionId)
  })

  it('is where the stream goes on, without a gap and without anything twice, while events arrive', async () => {
    const placed = Array.from({ length: 30 }, (_, index) =>
      fixture.platform.placeCall({
        from: `+120655501${String(index).padStart(2, '0')}`,
        to: [BEA, SAM, NOOR][index % 3] ?? BEA,
      }),
    )
    const talk = Promise.all(
      placed.map(async (call, index) => {
        await call.settled()
        if (index % 2 === 0) call.answer()
        await call.settled()
        call.hangUp('caller')
        await call.settled()
      }),
    )
    const board = await readBoard()
    const stream = await openStream(fixture.relay.url)
    stream.hello(ines, { epoch: board.epoch, position: board.position }, 'watched')
    const welcome = await stream.welcome()
    expect(welcome).toMatchObject({ epoch: board.epoch, resumed: true })
    await talk
    const ids = placed.map(({ telephonySessionId }) => telephonySessionId)
    const frames = await eventually(async () => {
      const brought = stream.messages().filter((message): message is EventsMessage => message.type === 'events')
      const told = [...board.events, ...brought.flatMap(({ events }) => events)]
      const ended = partsOf(told).filter(
        ([id, extension, code]) => ids.includes(id) && extension !== '' && code === 'Disconnected',
      )
      expect(ended).toHaveLength(placed.length)
      return brought
    })
    const positions = [...board.events, ...frames.flatMap(({ events }) => events)].map(({ position }) => position)
    expect(new Set(positions).size).toBe(positions.length)
    expect(board.events.every(({ position }) => position <= board.position)).toBe(true)
    expect(frames.every(({ events }) => events.every(({ position }) => position > board.position))).toBe(true)
    const sequences = new Map<string, number[]>()
    for (const event of [...board.events, ...frames.flatMap(({ events }) => events)]) {
      const decoded = decodeNotification((event as { notification?: unknown }).notification)
      if (decoded.kind !== 'telephony' || !ids.includes(decoded.notification.telephonySessionId)) continue
      const { telephonySessionId, sequence } = decoded.notification
      sequences.set(telephonySessionId, [...(sequences.get(telephonySessionId) ?? []), sequence])
    }
    for (const [id, told] of sequences) {
      const sorted = [...told].sort((a, b) => a - b)
      expect(sorted, id).toEqual(Array.from({ length: sorted.length }, (_, at) => at + 2))
    }
    expect(sequences.size).toBe(placed.length)
    await stream.close()
  })

  it.each([
    ['an agent', () => bea, 403, 'not_allowed'],
    ['somebody with a token that nobody has', () => 'nobody', 401, 'unauthorised'],
  ])('is not for %s', async (_who, token, status, code) => {
    expect(await problemOf(await ask('/v1/board', token()))).toEqual({ status, code })
  })
})

describe('GET /v1/calls', () => {
  const list = async (query: string) => v.parse(callsAnswer, await (await ask(`/v1/calls?${query}`)).json())

  it('lists the finished calls of an extension, which add up to its tally', async () => {
    const board = await readBoard()
    const { since, calls } = await list(`extension=${BEA}`)
    expect(since).toBe(board.today.since)
    const sum = (field: 'talkMs' | 'holdMs') => calls.reduce((ms, call) => ms + ('talkMs' in call ? call[field] : 0), 0)
    expect(board.today.extensions[BEA]).toMatchObject({
      calls: calls.length,
      talkMs: sum('talkMs'),
      holdMs: sum('holdMs'),
    })
    expect(calls.length).toBeGreaterThan(10)
    const ofQueue = calls.filter((call) => 'queueId' in call)
    expect(ofQueue).toMatchObject([{ direction: 'Inbound', outcome: 'answered', queueId: SALES, talkMs: 50_181 }])
  })

  it('lists the callers of a queue who wait no longer, each with their wait', async () => {
    const board = await readBoard()
    const { calls } = await list(`queue=${SALES}`)
    expect(calls).toHaveLength(board.today.queues[SALES]?.offered ?? 0)
    expect(calls[0]).toMatchObject({ outcome: 'answered', waitMs: 10_876, takenBy: BEA, phoneNumber: ADA })
  })

  it('lists those that began since a moment', async () => {
    const { calls } = await list(`extension=${BEA}`)
    const last = calls.at(-1)
    expect((await list(`extension=${BEA}&since=${last?.startedAt}`)).calls).toEqual([last])
    expect((await list(`extension=${BEA}&since=2100-01-01T00:00:00Z`)).calls).toEqual([])
  })

  it.each([
    ['', 'The query should have one of extension and queue'],
    [`extension=${BEA}&queue=${SALES}`, 'The query should have one of extension and queue'],
    ['extension=Bea', 'extension should be a RingCentral extension id'],
    ['queue=', 'queue should be a RingCentral extension id'],
    [`queue=${SALES}&since=yesterday`, 'since should be an ISO-8601 time with a zone'],
  ])('refuses "%s" and says why', async (query, words) => {
    const response = await ask(`/v1/calls?${query}`)
    expect(response.status).toBe(400)
    expect(((await response.json()) as { detail: string }).detail).toContain(words)
  })

  it.each([
    ['an extension that is not watched', `extension=${INES}`, () => ines],
    ['a queue that is not watched', 'queue=400999', () => ines],
    ['one’s own calls, by an agent', `extension=${BEA}`, () => bea],
  ])('refuses %s', async (_what, query, token) => {
    expect(await problemOf(await ask(`/v1/calls?${query}`, token()))).toEqual({ status: 403, code: 'not_allowed' })
  })
})

describe('GET /v1/sessions/:sid/events', () => {
  it('is all that the log has of a call, for who watches it and for its members', async () => {
    const { telephonySessionIds } = await fixture.platform.replay('queue-answered', { speed: Number.POSITIVE_INFINITY })
    const id = telephonySessionIds[0] ?? ''
    const read = async (token: string) =>
      v.parse(sessionEventsAnswer, await (await ask(`/v1/sessions/${id}/events`, token)).json()).events
    const watched = await read(ines)
    expect(watched).toHaveLength(14)
    expect(watched.map(({ position }) => position)).toEqual(
      watched.map(({ position }) => position).sort((a, b) => a - b),
    )
    expect(await read(bea)).toEqual(watched)
  })

  it('is nothing to anybody else, and of a session that there is not', async () => {
    const call = fixture.platform.placeCall({ from: ADA, to: INES })
    await call.settled()
    const unknown = { status: 404, code: 'unknown_session' }
    expect((await ask(`/v1/sessions/${call.telephonySessionId}/events`, ines)).status).toBe(200)
    expect(await problemOf(await ask(`/v1/sessions/${call.telephonySessionId}/events`, bea))).toEqual(unknown)
    expect(await problemOf(await ask('/v1/sessions/s-unheard-of/events', ines))).toEqual(unknown)
    call.hangUp('caller')
    await call.settled()
  })
})

it('a relay that was started again comes to the same', async () => {
  const before = await readBoard()
  fixture = await fixture.restart()
  const after = await readBoard()
  expect(after.today).toEqual(before.today)
  expect(after.epoch).toBe(before.epoch)
})
