import { describe, expect, it } from 'vitest'
import type { Settings } from '../../../relay/config.ts'
import { createMemoryEventLog } from '../../../relay/log/event-log.memory.ts'
import type { NewEvent } from '../../../relay/log/event-log.ts'
import { WATCHES_ALL } from '../../../relay/people/watches.ts'
import { buildStatusRecord, toNewEvent } from '../../../relay/wire/status-record.ts'
import type { Watches } from '../../../shared/protocol/wire.ts'
import { newEvent } from '../support/new-event.ts'
import { notification } from '../support/notification.ts'
import { createSubscriberBench, settle, watching } from '../support/subscriber-bench.ts'

/** Who gets which events in which frames. Events are written `session:owners`; positions count from 1. */

type Owners = readonly (string | undefined)[]
const events: readonly (readonly [session: string, owners: Owners])[] = [
  ['a', [undefined]], // 1: a caller from outside
  ['a', ['7']], // 2: the menu
  ['b', ['102']], // 3
  ['a', ['102']], // 4: now it is 102's
  ['a', [undefined]], // 5
  ['c', ['104', '9']], // 6
  ['a', ['102', '104']], // 7: and 104's
]

type Row = readonly [
  who: string,
  visibility: Settings['visibility'],
  extensionId: string,
  frames: number[][],
  /** What the person's hello asks for. */
  view: 'mine' | 'watched' | undefined,
  /** Undefined: nobody, but for 101, who watches all. */
  watches: Watches | undefined,
]

const live: readonly Row[] = [
  ['a supervisor gets everything', 'session', '101', [[1], [2], [3], [4], [5], [6], [7]], undefined, undefined],
  ['a supervisor too under own', 'own', '101', [[1], [2], [3], [4], [5], [6], [7]], undefined, undefined],
  [
    'a member gets what was before together with the first',
    'session',
    '102',
    [[3], [1, 2, 4], [5], [7]],
    undefined,
    undefined,
  ],
  ['one who comes in later', 'session', '104', [[6], [1, 2, 4, 5, 7]], undefined, undefined],
  ['under own only what has a party of theirs', 'own', '102', [[3], [4], [7]], undefined, undefined],
  ['a stranger gets nothing', 'session', '105', [], undefined, undefined],
  ['a supervisor who asks for their own', 'session', '102', [[3], [1, 2, 4], [5], [7]], 'mine', WATCHES_ALL],
  ['a supervisor who asks for their own, whole under own', 'own', '104', [[6], [1, 2, 4, 5, 7]], 'mine', WATCHES_ALL],
  [
    'a supervisor who asks for what they watch',
    'own',
    '101',
    [[1], [2], [3], [4], [5], [6], [7]],
    'watched',
    undefined,
  ],
  ['who watches one gets what that one would', 'session', '105', [[6], [1, 2, 4, 5, 7]], 'watched', watching('104')],
  ['whole too where members see their own part', 'own', '105', [[3], [1, 2, 4], [5], [7]], 'watched', watching('102')],
  ['who watches two', 'session', '105', [[3], [1, 2, 4], [5], [6], [7]], 'watched', watching('102', '104')],
  [
    'a session that both are in comes once',
    'session',
    '105',
    [[1, 2], [4], [5], [6], [7]],
    'watched',
    watching('7', '9'),
  ],
  [
    'who runs a queue gets its calls',
    'session',
    '105',
    [[1, 2], [4], [5], [7]],
    'watched',
    { extensions: [], queues: ['7'] },
  ],
  ['who watches somebody without calls', 'session', '102', [], 'watched', watching('105')],
  ['their own are not among what they watch', 'session', '102', [[6]], 'watched', watching('9')],
  ['who watches some gets their own unless they ask', 'own', '102', [[3], [4], [7]], undefined, watching('104')],
  ['and when they ask for these', 'own', '102', [[3], [4], [7]], 'mine', watching('104')],
]

function benchFor(visibility: Settings['visibility'], extensionId: string, watches: Watches | undefined) {
  return createSubscriberBench({ visibility, supervisors: ['101'], watches: watches ? { [extensionId]: watches } : {} })
}

async function appendAll(bench: ReturnType<typeof createSubscriberBench>, from = 0, to = events.length) {
  for (const [index, [session, owners]] of [...events.entries()].slice(from, to)) {
    await bench.log.append(newEvent(session, index + 2, owners))
    await settle()
  }
}

describe('live', () => {
  it.each(live)('%s', async (_who, visibility, extensionId, frames, view, watches) => {
    const bench = benchFor(visibility, extensionId, watches)
    const client = await bench.join(extensionId, null, view)
    await appendAll(bench)
    expect(client.positions()).toEqual(frames)
  })
})

describe('catching up gives the same events in the same order', () => {
  it.each(live)('%s', async (_who, visibility, extensionId, frames, view, watches) => {
    const bench = benchFor(visibility, extensionId, watches)
    await appendAll(bench)
    const client = await bench.join(extensionId, null, view)
    expect(client.positions().flat()).toEqual(frames.flat())
  })
})

describe('at every point where one half is caught up and the other live', () => {
  it.each(live)('%s', async (_who, visibility, extensionId, frames, view, watches) => {
    for (let point = 0; point <= events.length; point++) {
      const bench = benchFor(visibility, extensionId, watches)
      await appendAll(bench, 0, point)
      const client = await bench.join(extensionId, null, view)
      await appendAll(bench, point)
      expect(client.positions().flat()).toEqual(frames.flat())
    }
  })

  it.each(live)(
    '%s, also when events come while the client catches up',
    async (_who, visibility, extensionId, frames, view, watches) => {
      for (let point = 0; point <= events.length; point++) {
        const bench = benchFor(visibility, extensionId, watches)
        await appendAll(bench, 0, point)
        const client = bench.connect()
        client.hello(extensionId, null, view)
        const rest = events.slice(point).map(([session, owners], index) => newEvent(session, point + index + 2, owners))
        await Promise.all(rest.map((event) => bench.log.append(event)))
        await settle()
        expect(client.positions().flat()).toEqual(frames.flat())
      }
    },
  )
})

it('who joins while a batch is passed on is sent of it only what they have not caught up with', async () => {
  const bench = createSubscriberBench({ supervisors: ['101', '201'] })
  const first = await bench.join('101')
  let open: () => void = () => undefined
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  const { readSessionIndex } = bench.log
  bench.log.readSessionIndex = async (telephonySessionId) => {
    await gate
    return readSessionIndex(telephonySessionId)
  }
  await bench.log.append(newEvent('a', 2, ['102']))
  const second = await bench.join('201')
  await bench.log.append(newEvent('a', 3, ['102']))
  open()
  await settle()
  expect(first.positions().flat()).toEqual([1, 2])
  expect(second.positions().flat()).toEqual([1, 2])
})

describe('resuming', () => {
  it.each<[what: string, extensionId: string, after: number, positions: number[]]>([
    ['after the first own event: no earlier ones again', '102', 4, [5, 7]],
    ['before the first own event: also those below the cursor', '102', 3, [1, 2, 4, 5, 7]],
    ['at the end: nothing', '102', 7, []],
    ['before one who comes in later', '104', 6, [1, 2, 4, 5, 7]],
    ['a supervisor', '101', 5, [6, 7]],
  ])('%s', async (_what, extensionId, position, positions) => {
    const bench = createSubscriberBench({ supervisors: ['101'] })
    await appendAll(bench)
    const { epoch } = (await bench.join(extensionId)).welcome()
    const client = await bench.join(extensionId, { epoch, position })
    expect(client.welcome()).toMatchObject({ resumed: true, head: 7, oldest: 1, epoch })
    expect(client.positions().flat()).toEqual(positions)
  })

  it('goes on from a cursor of the whole account where a supervisor asks for their own, and not the other way round', async () => {
    const bench = createSubscriberBench({ supervisors: ['104'] })
    await appendAll(bench)
    const wide = (await bench.join('104')).welcome()
    const narrow = await bench.join('104', { epoch: wide.epoch, position: 5 }, 'mine')
    expect(narrow.welcome()).toMatchObject({ resumed: true, complete: true })
    expect(narrow.welcome().epoch).not.toBe(wide.epoch)
    expect(narrow.positions().flat()).toEqual([6, 1, 2, 4, 5, 7])
    const back = await bench.join('104', { epoch: narrow.welcome().epoch, position: 5 })
    expect(back.welcome()).toMatchObject({ resumed: false })
  })

  it.each([
    ['up to the last event under that name', 4, true],
    ['not beyond', 5, false],
  ])('goes on from a cursor of a name that the log had before, %s', async (_what, position, resumed) => {
    const bench = createSubscriberBench()
    await appendAll(bench)
    const { epoch } = (await bench.join('102')).welcome()
    const renamed = { ...createMemoryEventLog(), former: [{ id: bench.log.id, headPosition: 4 }] }
    const later = createSubscriberBench({ log: renamed })
    await appendAll(later)
    const welcome = (await later.join('102', { epoch, position })).welcome()
    expect(welcome).toMatchObject({ resumed })
    expect(welcome.epoch).not.toBe(epoch)
  })

  it.each<[what: string, cursor: (epoch: string) => { epoch: string; position: number } | null]>([
    ['without a cursor', () => null],
    ['with a cursor of another epoch', () => ({ epoch: 'another', position: 3 })],
    ['with a cursor from the future', (epoch) => ({ epoch, position: 8 })],
    ['with a cursor older than what is kept', (epoch) => ({ epoch, position: 0 })],
  ])('%s everything that is kept follows, and it says so', async (_what, cursor) => {
    const bench = createSubscriberBench({ supervisors: ['101'] })
    await bench.log.append(newEvent('old', 2, ['101'], 1))
    await bench.log.append(newEvent('old', 3, ['101'], 1))
    await bench.log.trim({ beforeMs: 1000, maxBytes: Number.POSITIVE_INFINITY })
    for (const sequence of [2, 3]) await bench.log.append(newEvent('new', sequence, ['101']))
    const { epoch } = (await bench.join('101')).welcome()
    const client = await bench.join('101', cursor(epoch))
    expect(client.welcome()).toMatchObject({ resumed: false, head: 4, oldest: 3 })
    expect(client.positions().flat()).toEqual([3, 4])
  })

  it('resumes from just before the oldest kept event', async () => {
    const bench = createSubscriberBench()
    await bench.log.append(newEvent('old', 2, ['102'], 1))
    await bench.log.trim({ beforeMs: 1000, maxBytes: Number.POSITIVE_INFINITY })
    const { epoch } = (await bench.join('102')).welcome()
    const client = await bench.join('102', { epoch, position: 1 })
    expect(client.welcome()).toMatchObject({ resumed: true, head: 1, oldest: 2 })
  })

  it('resumes nothing from an empty log but a cursor at 0', async () => {
    const bench = createSubscriberBench()
    const { epoch } = (await bench.join('102')).welcome()
    expect((await bench.join('102', { epoch, position: 0 })).welcome().resumed).toBe(true)
    expect((await bench.join('102', { epoch, position: 1 })).welcome().resumed).toBe(false)
  })
})

describe('the copy under own', () => {
  it('has only own parties, and ids as they were spelled', async () => {
    const bench = createSubscriberBench({ visibility: 'own' })
    const event = newEvent('a', 2, ['102', '104', undefined])
    await bench.log.append({ ...event, text: event.text.replace('"uuid":"a:2"', '"uuid":18234852883139442399') })
    const [frame] = (await bench.join('102')).frames()
    const text = JSON.stringify(frame)
    expect(text).toContain('p-a-1')
    expect(text).not.toContain('p-a-2')
    expect(text).not.toContain('p-a-3')
  })
})

describe('a session whose people somebody is put through to', () => {
  const tied = { ...newEvent('a', 4, ['102']), extensionIds: ['102', '104'] }

  it('is theirs from then on, with its earlier events first', async () => {
    const bench = createSubscriberBench({ visibility: 'session', supervisors: [] })
    const client = await bench.join('104', null)
    for (const event of [
      newEvent('a', 2, [undefined]),
      newEvent('a', 3, ['102']),
      tied,
      newEvent('a', 5, [undefined]),
    ]) {
      await bench.log.append(event)
      await settle()
    }
    expect(client.positions()).toEqual([[1, 2, 3], [4]])
  })

  it('is not under own', async () => {
    const bench = createSubscriberBench({ visibility: 'own', supervisors: [] })
    const client = await bench.join('104', null)
    await bench.log.append(tied)
    await settle()
    expect(client.positions()).toEqual([])
  })
})

it('under own a party that can not be read is nobody’s, and takes no other’s place', async () => {
  const content = notification({ telephonySessionId: 'a', owners: ['104', '102', '102'] })
  const [first, ...others] = content.body.parties
  const broken = { ...content, body: { ...content.body, parties: [{ ...first, id: {} }, ...others] } }
  const bench = createSubscriberBench({ visibility: 'own' })
  await bench.log.append({ ...newEvent('a', 2, ['102']), text: JSON.stringify(broken) })
  const [frame] = (await bench.join('102')).frames()
  expect(frame?.events).toMatchObject([{ notification: { body: { parties: others } } }])
})

describe('a status', () => {
  const over = (session: string): NewEvent => toNewEvent(buildStatusRecord(session, 1000, undefined), 1000)
  const found = (session: string, owners: Owners): NewEvent => {
    const parties = owners.map((extensionId, index) => ({
      id: `p-${session}-${index + 1}`,
      ...(extensionId !== undefined && { extensionId }),
      status: { code: 'Answered' },
    }))
    return toNewEvent(buildStatusRecord(session, 1000, { id: session, parties }), 1000)
  }
  // 1: 102's own, 2: its end, 3: another's end, 4: 104 comes into 102's session unheard.
  const story = [newEvent('a', 2, ['102']), over('a'), over('b'), found('a', ['102', '104', undefined])]

  const seen: readonly Row[] = [
    ['is seen by a supervisor', 'session', '101', [[1], [2], [3], [4]], undefined, undefined],
    ['is seen by a member', 'session', '102', [[1], [2], [4]], undefined, undefined],
    ['makes the session visible to who appears in it', 'session', '104', [[1, 2, 4]], undefined, undefined],
    ['is seen under own by who had a party', 'own', '102', [[1], [2], [4]], undefined, undefined],
    ['is seen under own by who appears in it', 'own', '104', [[4]], undefined, undefined],
    ['is not seen by a stranger', 'session', '105', [], undefined, undefined],
    ['is not seen by a stranger under own', 'own', '105', [], undefined, undefined],
    ['is seen by a supervisor who asks for their own', 'own', '104', [[1, 2, 4]], 'mine', WATCHES_ALL],
  ]
  it.each(seen)('%s', async (_what, visibility, extensionId, frames, view, watches) => {
    const bench = benchFor(visibility, extensionId, watches)
    const live = await bench.join(extensionId, null, view)
    for (const event of story) {
      await bench.log.append(event)
      await settle()
    }
    expect(live.positions()).toEqual(frames)
    expect((await bench.join(extensionId, null, view)).positions().flat()).toEqual(frames.flat())
  })

  it.each([['session'], ['own']] as const)(
    'brings nobody the token of a conference, also one that lies in the log, under %s',
    async (visibility) => {
      const party = { id: 'p-a-1', extensionId: '102', status: { code: 'Answered', secret: 'token' }, secret: 'token' }
      const session = {
        id: 'a',
        voiceCallToken: 'token',
        origin: { type: 'Conference', secret: 'token' },
        parties: [party],
      }
      const record = toNewEvent(buildStatusRecord('a', 1000, session), 1000)
      expect(record.text).not.toContain('token')
      const status = { telephonySessionId: 'a', asOf: '1970-01-01T00:00:01.000Z', found: true, session }
      const bench = createSubscriberBench({ visibility })
      await bench.log.append({ ...record, text: JSON.stringify(status) })
      const [frame] = (await bench.join('102')).frames()
      expect(JSON.stringify(frame)).not.toContain('token')
      expect(frame?.events).toMatchObject([
        { status: { session: { origin: { type: 'Conference' }, parties: [{ id: 'p-a-1' }] } } },
      ])
    },
  )

  it('arrives as it was logged, and under own with own parties only', async () => {
    const session = { id: 'a', parties: [{ id: 'p-a-1', extensionId: '102', status: { code: 'Answered' } }] }
    const status = { telephonySessionId: 'a', asOf: '1970-01-01T00:00:01.000Z', found: true }
    for (const [extensionId, parties] of [
      ['101', found('a', ['102', '104']).text],
      ['102', JSON.stringify({ ...status, session })],
    ] as const) {
      const bench = createSubscriberBench({ visibility: 'own', supervisors: ['101'] })
      await bench.log.append(found('a', ['102', '104']))
      const [frame] = (await bench.join(extensionId)).frames()
      expect(frame?.events).toEqual([
        { position: 1, receivedAt: '1970-01-01T00:00:01.000Z', status: JSON.parse(parties) },
      ])
    }
  })
})

describe('the head', () => {
  it('is a promise in each frame and ping: everything of theirs at or below it was sent', async () => {
    const bench = createSubscriberBench({ supervisors: ['101'] })
    const client = await bench.join('105')
    await appendAll(bench)
    bench.clock.advance(20_000)
    expect(client.messages.at(-1)).toMatchObject({ type: 'ping', head: 7, sent: 0 })
    const other = await bench.join('102')
    expect(other.frames().at(-1)?.head).toBe(7)
  })
})
