import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type DataFolder, type DataFolderOptions, openDataFolder } from '../../../relay/log/data-folder.ts'
import { createMemoryEventLog } from '../../../relay/log/event-log.memory.ts'
import type { EventLog, LoggedEvent, NewEvent } from '../../../relay/log/event-log.ts'
import { MAX_ASIDE } from '../../../relay/log/event-log.ts'
import { createMemoryRecords } from '../../../relay/log/records.memory.ts'
import type { Records } from '../../../relay/log/records.ts'
import { openRedisStorage } from '../../../relay/redis/redis-storage.ts'
import { newEvent } from '../support/new-event.ts'
import { LACKS_REDIS, type RedisServer, startRedisServer } from '../support/redis-server.ts'

/** What every log promises. */

interface Opened {
  readonly log: EventLog
  readonly records: Records
  release(): Promise<void>
}

async function openFolder(options: DataFolderOptions = {}): Promise<Opened> {
  const path = await mkdtemp(join(tmpdir(), 'ringside-log-'))
  const folder: DataFolder = await openDataFolder(path, options)
  return {
    ...folder,
    release: async () => {
      await folder.close()
      await rm(path, { recursive: true })
    },
  }
}

let redis: RedisServer | undefined
if (LACKS_REDIS === undefined) {
  beforeAll(async () => {
    redis = await startRedisServer()
  })
  afterAll(() => redis?.close())
} else console.warn(`The log on Redis is not tested because ${LACKS_REDIS}.`)

async function openOnRedis(): Promise<Opened> {
  await redis?.command('FLUSHALL')
  const store = await openRedisStorage({
    url: redis?.url ?? '',
    publicUrl: '',
    keyCheck: '',
    onStartFailed: () => undefined,
  })
  return { ...store, release: store.close }
}

const implementations: readonly (readonly [string, () => Promise<Opened>])[] = [
  ['memory', async () => ({ log: createMemoryEventLog(), records: createMemoryRecords(), release: async () => {} })],
  ['kept on disk', () => openFolder()],
  // Each commit in a file of its own, so that what is forgotten is counted like in the others.
  ['kept on disk in many files', () => openFolder({ segmentBytes: 1 })],
  ...(LACKS_REDIS === undefined ? [['kept on Redis', openOnRedis] as const] : []),
]

const olderThan = (beforeMs: number) => ({ beforeMs, maxBytes: Number.POSITIVE_INFINITY })

describe.each(implementations)('the %s log', (_name, open) => {
  let opened: Opened
  afterEach(() => opened.release())
  const openLog = async (): Promise<EventLog> => {
    opened = await open()
    return opened.log
  }

  it('is empty at first: head 0, and the first kept position is the next one', async () => {
    const log = await openLog()
    expect(log.headPosition).toBe(0)
    expect(log.oldestPosition).toBe(1)
    expect(await log.read(0, 10)).toEqual([])
  })

  it('gives positions in the order of appending, from 1', async () => {
    const log = await openLog()
    const appended = await Promise.all([2, 3, 4].map((sequence) => log.append(newEvent('s-1', sequence, ['1']))))
    expect(appended).toEqual([
      { position: 1, isNew: true },
      { position: 2, isNew: true },
      { position: 3, isNew: true },
    ])
    expect(log.headPosition).toBe(3)
  })

  it('reads after a position, at most as many as asked for', async () => {
    const log = await openLog()
    for (const sequence of [2, 3, 4, 5]) await log.append(newEvent('s-1', sequence, ['1']))
    expect((await log.read(1, 2)).map(({ position }) => position)).toEqual([2, 3])
    expect(await log.read(4, 10)).toEqual([])
  })

  it('keeps the text as it was received', async () => {
    const log = await openLog()
    const text = '{ "uuid": 18234852883139442399,\n "name": "Zoë \\ud83d" }'
    await log.append({ ...newEvent('s-1', 2, ['1', '2'], 77), text })
    expect(await log.read(0, 1)).toMatchObject([
      { position: 1, telephonySessionId: 's-1', extensionIds: ['1', '2'], receivedAtMs: 77, text },
    ])
  })

  it('drops a repeated uuid, also while the first is on its way', async () => {
    const log = await openLog()
    const event = newEvent('s-1', 2, ['1'])
    const together = await Promise.all([log.append(event), log.append(event)])
    expect(together).toEqual([
      { position: 1, isNew: true },
      { position: 1, isNew: false },
    ])
    expect(await log.append(event)).toEqual({ position: 1, isNew: false })
    expect(log.headPosition).toBe(1)
  })

  it('takes events without a uuid for different ones', async () => {
    const log = await openLog()
    const event = { ...newEvent('s-1', 2, ['1']), uuid: undefined }
    await log.append(event)
    expect(await log.append(event)).toEqual({ position: 2, isNew: true })
  })

  it('finds the events of a session, and who has a party in them', async () => {
    const log = await openLog()
    await log.append(newEvent('s-1', 2, [undefined]))
    await log.append(newEvent('s-2', 2, ['9']))
    await log.append(newEvent('s-1', 3, ['1', '2']))
    expect(await log.readSessionIndex('s-1')).toEqual([
      { position: 1, extensionIds: [] },
      { position: 3, extensionIds: ['1', '2'] },
    ])
    expect((await log.readSession('s-1', 3)).map(({ position }) => position)).toEqual([1])
    expect(await log.readSession('s-3', 9)).toEqual([])
  })

  describe('what an extension owns', () => {
    /** All of it, read in pieces of `limit`. */
    async function readAllOwned(log: EventLog, extensionIds: readonly string[], afterPosition: number, limit: number) {
      const positions: number[] = []
      let upTo = afterPosition
      do {
        const { events, upToPosition } = await log.readOwned(extensionIds, upTo, limit)
        expect(events.length).toBeLessThanOrEqual(limit)
        expect(upToPosition).toBeGreaterThanOrEqual(events.at(-1)?.position ?? upTo)
        positions.push(...events.map(({ position }) => position))
        upTo = upToPosition
      } while (upTo < log.headPosition)
      expect(upTo).toBe(log.headPosition)
      return positions
    }

    async function openFilled(): Promise<EventLog> {
      const log = await openLog()
      await log.append(newEvent('s-1', 2, [undefined]))
      await log.append(newEvent('s-1', 3, ['7']))
      await log.append(newEvent('s-2', 2, ['102']))
      await log.append(newEvent('s-1', 4, ['102', '7']))
      await log.append(newEvent('s-1', 5, [undefined]))
      await log.append(newEvent('s-3', 2, ['104']))
      await log.append(newEvent('s-1', 6, ['104', '102']))
      await log.append(newEvent('s-3', 3, ['1021']))
      return log
    }

    it.each<[who: string, extensionIds: readonly string[], positions: readonly number[]]>([
      ['one of two sessions, from their first own event on', ['102'], [3, 4, 5, 7]],
      ['one who is there from the second event on', ['7'], [2, 4, 5, 7]],
      ['one whose two sessions lie in each other', ['104'], [6, 7, 8]],
      ['one who comes last', ['1021'], [8]],
      ['somebody who has no calls', ['105'], []],
      ['two together, what both are in once', ['7', '102'], [2, 3, 4, 5, 7]],
      ['two of whom one has no calls', ['105', '1021'], [8]],
      ['nobody', [], []],
    ])('is read in order, in pieces of any size: %s', async (_who, extensionIds, positions) => {
      const log = await openFilled()
      for (const limit of [1, 2, 3, 100]) expect(await readAllOwned(log, extensionIds, 0, limit)).toEqual(positions)
      for (let after = 0; after <= log.headPosition; after++) {
        const rest = positions.filter((position) => position > after)
        if (after < log.headPosition) expect(await readAllOwned(log, extensionIds, after, 2)).toEqual(rest)
        else expect(await log.readOwned(extensionIds, after, 2)).toEqual({ events: [], upToPosition: after })
      }
    })

    it('has the events as they are in the log, and those that come later', async () => {
      const log = await openFilled()
      await log.append(newEvent('s-3', 4, [undefined], 77))
      const { events, upToPosition } = await log.readOwned(['1021'], 0, 10)
      expect(events).toEqual((await log.read(7, 10)).filter(({ telephonySessionId }) => telephonySessionId === 's-3'))
      expect(upToPosition).toBe(9)
    })

    it('is forgotten with the events', async () => {
      const log = await openLog()
      for (const [index, session] of ['s-1', 's-1', 's-2', 's-2'].entries()) {
        await log.append(newEvent(session, index, ['102'], index * 100))
      }
      await log.trim(olderThan(150))
      expect(await readAllOwned(log, ['102'], 0, 10)).toEqual([3, 4])
    })
  })

  it.each(['', 'x'.repeat(3000), 'a\u0000b', 'ключ'])('takes any text as a session id', async (id) => {
    const log = await openLog()
    await log.append(newEvent(id, 2, ['1']))
    expect(await log.readSessionIndex(id)).toEqual([{ position: 1, extensionIds: ['1'] }])
    expect(await log.readSession(id, 2)).toMatchObject([{ telephonySessionId: id }])
  })

  it('tells listeners in order, once each, when events can be read', async () => {
    const log = await openLog()
    const heard: number[] = []
    const stop = log.onAppended((events) => {
      for (const { position } of events) {
        expect(log.headPosition).toBeGreaterThanOrEqual(position)
        heard.push(position)
      }
    })
    await Promise.all(Array.from({ length: 50 }, (_, index) => log.append(newEvent('s-1', index, ['1']))))
    expect(heard).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
    stop()
    await log.append(newEvent('s-1', 99, ['1']))
    expect(heard).toHaveLength(50)
  })

  it('forgets old events with all that is found by them, and keeps counting', async () => {
    const log = await openLog()
    await log.append(newEvent('s-1', 2, ['1'], 100))
    await log.append(newEvent('s-1', 3, ['1'], 200))
    await log.append(newEvent('s-1', 4, ['1'], 300))
    expect(await log.trim(olderThan(300))).toBe(2)
    expect(log.oldestPosition).toBe(3)
    expect((await log.read(0, 10)).map(({ position }) => position)).toEqual([3])
    expect(await log.readSessionIndex('s-1')).toEqual([{ position: 3, extensionIds: ['1'] }])
    expect(await log.append(newEvent('s-1', 2, ['1'], 400))).toEqual({ position: 4, isNew: true })
    expect(await log.trim(olderThan(1000))).toBe(2)
    expect(log.oldestPosition).toBe(5)
    expect(log.headPosition).toBe(4)
  })

  it('forgets the oldest events until it takes no more than it may', async () => {
    const log = await openLog()
    for (let sequence = 1; sequence <= 400; sequence++) await log.append(newEvent(`s-${sequence % 9}`, sequence, ['1']))
    const maxBytes = Math.floor(log.usedBytes / 2)
    const forgotten = await log.trim({ beforeMs: 0, maxBytes })
    expect(forgotten).toBeGreaterThan(50)
    expect(forgotten).toBeLessThan(350)
    expect(log.usedBytes).toBeLessThanOrEqual(maxBytes)
    expect(log.oldestPosition).toBe(forgotten + 1)
    expect(await log.read(0, 1000)).toHaveLength(400 - forgotten)
    expect(await log.trim({ beforeMs: 0, maxBytes })).toBe(0)
  })

  it('forgets everything when nothing fits, and goes on', async () => {
    const log = await openLog()
    for (let sequence = 1; sequence <= 5; sequence++) await log.append(newEvent('s-1', sequence, ['1']))
    expect(await log.trim({ beforeMs: 0, maxBytes: 0 })).toBe(5)
    expect(log.oldestPosition).toBe(6)
    expect(await log.append(newEvent('s-1', 9, ['1']))).toEqual({ position: 6, isNew: true })
  })

  it('forgets nothing that somebody is reading, until they have', async () => {
    const log = await openLog()
    for (let sequence = 1; sequence <= 6; sequence++) await log.append(newEvent('s-1', sequence, ['1'], 100))
    const early = log.pin(2)
    const late = log.pin(5)
    expect(await log.trim(olderThan(1000))).toBe(2)
    expect((await log.read(2, 10)).map(({ position }) => position)).toEqual([3, 4, 5, 6])
    early.moveTo(4)
    expect(await log.trim({ beforeMs: 0, maxBytes: 0 })).toBe(2)
    early.release()
    expect(await log.trim(olderThan(1000))).toBe(1)
    late.release()
    late.moveTo(0)
    expect(await log.trim(olderThan(1000))).toBe(1)
    expect(log.oldestPosition).toBe(7)
  })

  it('can be written', async () => {
    const log = await openLog()
    expect(log.isWritable).toBe(true)
    expect(await log.checkWritable()).toBe(true)
  })

  it('keeps apart sessions whose ids have no characters of their own', async () => {
    const log = await openLog()
    await log.append({ ...newEvent('\ud800', 2, ['1']), uuid: '\udc00' })
    await log.append({ ...newEvent('\ud801', 2, ['2']), uuid: '\udc01' })
    expect(await log.readSessionIndex('\ud800')).toEqual([{ position: 1, extensionIds: ['1'] }])
    expect(await log.readSessionIndex('\ud801')).toEqual([{ position: 2, extensionIds: ['2'] }])
  })

  it('keeps aside what is no event, apart from the events, the newest only', async () => {
    const log = await openLog()
    await Promise.all(
      Array.from({ length: MAX_ASIDE + 2 }, (_, index) =>
        log.keepAside({ receivedAtMs: index, reason: 'not JSON', text: `{${index}` }),
      ),
    )
    const kept = await log.readAside()
    expect(kept).toHaveLength(MAX_ASIDE)
    expect(kept.at(-1)).toEqual({ receivedAtMs: MAX_ASIDE + 1, reason: 'not JSON', text: `{${MAX_ASIDE + 1}` })
    expect(log.headPosition).toBe(0)
    await log.trim(olderThan(MAX_ASIDE + 1))
    expect(await log.readAside()).toHaveLength(1)
  })

  it.each<[what: string, kind: NonNullable<NewEvent['kind']>]>([
    ['answers to status requests', 'status'],
    ['what people at their desks tell each other', 'desk'],
    ['what a rule did', 'act'],
  ])('keeps %s apart from notifications', async (_what, kind) => {
    const log = await openLog()
    const heard: LoggedEvent[] = []
    log.onAppended((events) => heard.push(...events))
    await log.append(newEvent('s-1', 2, ['1']))
    const text = '{"found":true}'
    const record = { uuid: undefined, kind, telephonySessionId: 's-1', extensionIds: ['2'], receivedAtMs: 1000, text }
    const { position } = await log.append(record)
    const kinds = (events: readonly LoggedEvent[]) => events.map((event) => event.kind)
    expect(kinds(await log.read(0, 10))).toEqual([undefined, kind])
    expect(kinds(await log.readSession('s-1', position + 1))).toEqual([undefined, kind])
    expect(kinds(heard)).toEqual([undefined, kind])
    expect(await log.readSessionIndex('s-1')).toMatchObject([
      { extensionIds: ['1'] },
      { position, extensionIds: ['2'] },
    ])
  })

  it('gives who is in a session what is told about it, though it names nobody', async () => {
    const log = await openLog()
    await log.append(newEvent('s-1', 2, ['1']))
    await log.append({ ...newEvent('s-1', 3, []), uuid: undefined, kind: 'desk' })
    expect((await log.readOwned(['1'], 0, 10)).events.map(({ kind }) => kind)).toEqual([undefined, 'desk'])
  })

  it('keeps records beside the log', async () => {
    await openLog()
    const { records } = opened
    await records.put('session/b', '2')
    await records.put('session/a', '1')
    await records.put('subscription', '3')
    expect(await records.list('session/')).toEqual(['1', '2'])
    expect(await records.get('subscription')).toBe('3')
    await records.remove('session/a')
    expect(await records.get('session/a')).toBeUndefined()
  })

  it('replaces a record only where it is what whoever asks takes it for', async () => {
    await openLog()
    const { records } = opened
    await records.put('session/a', '1')
    expect(await Promise.all(['2', '3'].map((value) => records.replace('session/a', '1', value)))).toEqual([
      true,
      false,
    ])
    expect(await records.get('session/a')).toBe('2')
    const [isReplaced] = await Promise.all([records.replace('session/a', '2', '4'), records.remove('session/a')])
    expect(isReplaced).toBe(true)
    expect(await records.replace('session/a', '4', '5')).toBe(false)
    expect(await records.get('session/a')).toBeUndefined()
  })
})
