import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createMemoryEventLog } from '../../../relay/log/event-log.memory.ts'
import type { EventLog } from '../../../relay/log/event-log.ts'
import { hashToken } from '../../../relay/people/logins.ts'
import { MAX_UNSENT_BYTES } from '../../../relay/stream/live.ts'
import { CLOSE_CODES } from '../../../shared/protocol/wire.ts'
import { newEvent } from '../support/new-event.ts'
import { type Client, createSubscriberBench, settle } from '../support/subscriber-bench.ts'

const hello = (changes: object = {}) =>
  JSON.stringify({ type: 'hello', token: '102', after: null, client: 'test/1', ...changes })

describe('the first message', () => {
  it.each<[what: string, text: string]>([
    ['a pong', '{"type":"pong"}'],
    ['a type nobody knows', '{"type":"news"}'],
    ['not JSON', 'hello'],
    ['a list', '[]'],
    ['a hello without a token', hello({ token: undefined })],
    ['a hello with a token that is a number', hello({ token: 5 })],
    ['a hello without a cursor', hello({ after: undefined })],
    ['a hello with half a cursor', hello({ after: { epoch: 'x' } })],
    ['a hello with a negative position', hello({ after: { epoch: 'x', position: -1 } })],
  ])('%s is refused with 4400', (_what, text) => {
    const client = createSubscriberBench().connect()
    client.subscriber.receive(text)
    expect(client.messages).toMatchObject([{ type: 'error', code: 'bad_message' }])
    expect(client.ending()).toBe(CLOSE_CODES.badMessage)
  })

  it('should come within five seconds', () => {
    const { clock, connect } = createSubscriberBench()
    const client = connect()
    clock.advance(4999)
    expect(client.ending()).toBeUndefined()
    clock.advance(1)
    expect(client.ending()).toBe(CLOSE_CODES.noHello)
  })

  it('with a token that is not valid is refused with 4401, and the token is not repeated', async () => {
    const client = createSubscriberBench().connect()
    client.hello('wrong')
    await settle()
    expect(client.messages).toMatchObject([{ type: 'error', code: 'unauthorised' }])
    expect(JSON.stringify(client.messages)).not.toContain('wrong')
    expect(client.ending()).toBe(CLOSE_CODES.unauthorised)
  })
})

describe('later messages', () => {
  it.each<[what: string, text: string, ending: number | undefined]>([
    ['a pong', '{"type":"pong"}', undefined],
    ['a type nobody knows', '{"type":"news","more":{}}', undefined],
    ['a second hello', hello(), CLOSE_CODES.badMessage],
    ['not JSON', '}', CLOSE_CODES.badMessage],
  ])('%s', async (_what, text, ending) => {
    const client = await createSubscriberBench().join('102')
    client.subscriber.receive(text)
    expect(client.ending()).toBe(ending)
  })
})

describe('the welcome', () => {
  it('comes first and tells where things stand', async () => {
    const { join } = createSubscriberBench()
    const client = await join('102')
    expect(client.messages[0]).toEqual({
      type: 'welcome',
      epoch: expect.any(String),
      head: 0,
      oldest: 1,
      resumed: false,
      complete: true,
      user: {
        accountId: '400100',
        extensionId: '102',
        name: 'Somebody',
        role: 'agent',
        watches: { extensions: [], queues: [] },
      },
      tokenExpiresAt: '2026-01-05T09:05:00.000Z',
      now: '2026-01-05T09:00:00.000Z',
    })
  })

  it('is followed by a ping when all is sent, also when nothing of it was theirs', async () => {
    const { join, log } = createSubscriberBench()
    await log.append(newEvent('a', 2, ['104']))
    const client = await join('102')
    expect(client.messages.slice(1)).toMatchObject([{ type: 'ping', head: 1, sent: 0 }])
    const member = await join('104')
    expect(member.messages.slice(1)).toMatchObject([
      { type: 'events', head: 1 },
      { type: 'ping', head: 1, sent: 1 },
    ])
  })
})

describe('a cursor that comes from another relay on the same log', () => {
  /** As it is where others append as well; `reachHead` brings what they have. */
  function openShared(reachHead: (log: EventLog) => Promise<unknown>) {
    const own = createMemoryEventLog()
    const log: EventLog = Object.create(own, { reachHead: { value: () => reachHead(own) } })
    return createSubscriberBench({ log })
  }

  async function helloAt(position: number, reachHead: (log: EventLog) => Promise<unknown>): Promise<Client> {
    const { connect, join } = openShared(reachHead)
    const { epoch } = (await join('102')).welcome()
    const client = connect()
    client.hello('102', { epoch, position })
    await settle()
    return client
  }

  it('resumes where that one is ahead for a moment', async () => {
    const client = await helloAt(1, (log) => log.append(newEvent('a', 2, ['102'])))
    expect(client.welcome()).toMatchObject({ resumed: true, head: 1 })
  })

  it('does not where nobody has been so far', async () => {
    const client = await helloAt(2, (log) => log.append(newEvent('a', 2, ['102'])))
    expect(client.welcome()).toMatchObject({ resumed: false, head: 1 })
  })

  it('is told nothing while it is not known, and may come again', async () => {
    const client = await helloAt(1, () => Promise.reject(new Error('away')))
    expect(client.messages).toEqual([])
    expect(client.ending()).toBe(CLOSE_CODES.restart)
  })

  it('is told nothing when it has gone meanwhile', async () => {
    let arrive = () => {}
    const client = await helloAt(
      1,
      () =>
        new Promise<void>((resolve) => {
          arrive = resolve
        }),
    )
    client.subscriber.end()
    arrive()
    await settle()
    expect(client.messages).toEqual([])
  })
})

describe('the ping', () => {
  it('comes every 20 seconds with the count of frames', async () => {
    const { clock, join, log } = createSubscriberBench()
    const client = await join('102')
    await log.append(newEvent('a', 2, ['102']))
    await settle()
    clock.advance(20_000)
    expect(client.messages.at(-1)).toEqual({
      type: 'ping',
      now: '2026-01-05T09:00:20.000Z',
      head: 1,
      sent: 1,
      subscription: { status: 'Active', expiresAt: null, lastEventAt: null },
    })
  })

  it('finds a connection dead that shows no sign of life after two', async () => {
    const { clock, join } = createSubscriberBench()
    const silent = await join('102')
    const answering = await join('104')
    for (let second = 0; second < 59; second++) {
      clock.advance(1000)
      answering.subscriber.noteFrame()
    }
    expect(silent.ending()).toBeUndefined()
    clock.advance(1000)
    expect(silent.ending()).toBe('terminated')
    expect(answering.ending()).toBeUndefined()
  })

  it('ends with the token', async () => {
    const { clock, join } = createSubscriberBench()
    const client = await join('102')
    for (let second = 0; second < 299; second++) {
      clock.advance(1000)
      client.subscriber.noteFrame()
    }
    expect(client.ending()).toBeUndefined()
    clock.advance(1000)
    expect(client.ending()).toBe(CLOSE_CODES.unauthorised)
  })
})

describe('a slow client', () => {
  it('is cut when live and more than 1 MiB waits for it', async () => {
    const { join, log } = createSubscriberBench()
    const slow = await join('102')
    const quick = await join('102')
    slow.block(MAX_UNSENT_BYTES + 1)
    await log.append(newEvent('a', 2, ['102']))
    await log.append(newEvent('a', 3, ['102']))
    await settle()
    expect(slow.ending()).toBe(CLOSE_CODES.tooSlow)
    expect(slow.positions()).toEqual([[1]])
    expect(quick.positions()).toEqual([[1], [2]])
  })

  it('is cut when live and it has not taken for ten seconds what it was sent', async () => {
    const { join, log } = createSubscriberBench()
    const slow = await join('102')
    slow.subscriber.checkProgress()
    slow.block(10)
    await log.append(newEvent('a', 2, ['102']))
    await settle()
    for (let look = 0; look < 9; look++) slow.subscriber.checkProgress()
    expect(slow.ending()).toBeUndefined()
    slow.subscriber.checkProgress()
    slow.subscriber.checkProgress()
    expect(slow.ending()).toBe(CLOSE_CODES.tooSlow)
  })

  it('is waited for when it catches up, and cut when it takes nothing for ten seconds', async () => {
    const { clock, connect, log } = createSubscriberBench()
    for (let sequence = 2; sequence < 800; sequence++) await log.append(newEvent('a', sequence, ['102']))
    const slow = connect()
    slow.block(1)
    slow.hello('102')
    await settle()
    expect(slow.frames()).toHaveLength(1)
    clock.advance(9999)
    expect(slow.ending()).toBeUndefined()
    clock.advance(1)
    await settle()
    expect(slow.ending()).toBe(CLOSE_CODES.tooSlow)
    expect(slow.frames()).toHaveLength(1)
  })
})

describe('a client that sends too much', () => {
  it('is cut after a hundred messages between two pings, WebSocket pings included', async () => {
    const { join } = createSubscriberBench()
    const client = await join('102')
    for (let message = 1; message < 50; message++) client.subscriber.receive('{"type":"pong"}')
    for (let ping = 0; ping < 50; ping++) client.subscriber.noteFrame()
    expect(client.ending()).toBeUndefined()
    client.subscriber.noteFrame()
    expect(client.ending()).toBe(CLOSE_CODES.tooSlow)
    expect(client.messages.at(-1)).toMatchObject({ type: 'error', code: 'too_many' })
  })

  it('may send as many again after the next ping', async () => {
    const { clock, join } = createSubscriberBench()
    const client = await join('102')
    for (let round = 0; round < 5; round++) {
      for (let message = 0; message < 90; message++) client.subscriber.receive('{"type":"pong"}')
      clock.advance(20_000)
    }
    expect(client.ending()).toBeUndefined()
  })
})

it('says "too many" in place of "unauthorised" where too much has failed', async () => {
  const client = createSubscriberBench({ isOverLimit: true }).connect()
  client.hello('wrong')
  await settle()
  expect(client.messages).toMatchObject([{ type: 'error', code: 'too_many' }])
  expect(client.ending()).toBe(CLOSE_CODES.tooSlow)
})

describe('many who catch up at once', () => {
  it('ask for what is theirs, one of them a turn of the event loop, and miss nothing', async () => {
    const bench = createSubscriberBench()
    const people = ['102', '103', '104', '105']
    for (let sequence = 2; sequence < 252; sequence++) {
      for (const id of people) await bench.log.append(newEvent(`s-${id}`, sequence, [id]))
    }
    const { readOwned } = bench.log
    const readers: string[] = []
    bench.log.readOwned = (extensionIds, ...rest) => {
      readers.push(extensionIds[0] ?? '')
      return readOwned(extensionIds, ...rest)
    }
    const clients = people.map((id) => {
      const client = bench.connect()
      client.hello(id)
      return client
    })
    let readsBefore = 0
    while (clients.some(({ messages }) => messages.at(-1)?.type !== 'ping')) {
      await setImmediate()
      expect(readers.length - readsBefore).toBeLessThanOrEqual(1)
      readsBefore = readers.length
    }
    expect(readers.slice(0, people.length)).toEqual(people)
    for (const [index, client] of clients.entries()) {
      const expected = Array.from({ length: 250 }, (_, round) => round * people.length + index + 1)
      expect(client.positions().flat()).toEqual(expected)
    }
  })
})

it('keeps what a client catches up on from being forgotten, but not for ever', async () => {
  const { clock, connect, log } = createSubscriberBench()
  for (let sequence = 2; sequence < 800; sequence++) await log.append(newEvent('a', sequence, ['102'], 1))
  const client = connect()
  client.block(1)
  client.hello('102')
  await settle()
  const all = { beforeMs: 1000, maxBytes: Number.POSITIVE_INFINITY }
  expect(await log.trim(all)).toBe(0)
  clock.advance(10_000)
  expect(client.ending()).toBe(CLOSE_CODES.tooSlow)
  expect(await log.trim(all)).toBe(798)
})

it('sends nothing after it has closed', async () => {
  const { join, log, clock } = createSubscriberBench()
  const client = await join('102')
  client.subscriber.close('restart', 'The relay restarts.')
  const before = client.messages.length
  await log.append(newEvent('a', 2, ['102']))
  await settle()
  clock.advance(60_000)
  expect(client.messages).toHaveLength(before)
  expect(client.ending()).toBe(CLOSE_CODES.restart)
})

it('hears nothing when it leaves while its token is looked up', async () => {
  const client = createSubscriberBench().connect()
  client.hello('102')
  client.subscriber.end()
  await settle()
  expect(client.messages).toEqual([])
})

it('is found by its token from the hello on, so that a sign-out meanwhile ends it', async () => {
  const client = createSubscriberBench().connect()
  client.hello('102')
  expect(client.subscriber.tokenHash).toBe(hashToken('102'))
  client.subscriber.close('unauthorised', 'You were signed out.')
  await settle()
  expect(client.messages).toMatchObject([{ type: 'error', code: 'unauthorised' }])
  expect(client.ending()).toBe(CLOSE_CODES.unauthorised)
})

it.each([
  ['a supervisor', '400101'],
  ['an agent', '102'],
])('%s is cut, and not sent a gap, when the log has lost what should be read next', async (_who, extensionId) => {
  const bench = createSubscriberBench()
  for (const sequence of [2, 3, 4]) await bench.log.append(newEvent('a', sequence, ['102'], sequence))
  // A log that forgets what is pinned.
  bench.log.pin = () => ({ moveTo: () => undefined, release: () => undefined })
  const { read } = bench.log
  bench.log.read = async (after, limit) => {
    await bench.log.trim({ beforeMs: 3, maxBytes: Number.POSITIVE_INFINITY })
    return read(after, limit)
  }
  const client = bench.connect()
  client.hello(extensionId)
  await settle()
  expect(client.frames()).toEqual([])
  expect(client.ending()).toBe(CLOSE_CODES.restart)
})

it('starts again from the cursor when the log can not be read', async () => {
  const bench = createSubscriberBench()
  const client = await bench.join('102')
  bench.log.readSessionIndex = () => Promise.reject(new Error('damaged'))
  await bench.log.append(newEvent('a', 2, ['102']))
  await settle()
  expect(client.frames()).toEqual([])
  expect(client.ending()).toBe(CLOSE_CODES.restart)
})
