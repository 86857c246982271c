import { beforeEach, describe, expect, it } from 'vitest'
import { createLiveCalls, type LiveCalls, NotReadyError } from '../../../relay/calls/live-calls.ts'
import type { Directory } from '../../../relay/directory/directory.ts'
import { createMemoryEventLog } from '../../../relay/log/event-log.memory.ts'
import type { EventLog } from '../../../relay/log/event-log.ts'
import type { DirectoryPerson, DirectoryQueue } from '../../../shared/protocol/http/directory.ts'
import { DAY_MS, formatInstant, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { eventually } from '../../support/eventually.ts'
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts'
import { loadNotifications } from '../../support/streams.ts'
import { createCollectedLogger } from '../support/collected-logger.ts'

const SALES = '400195'
/** The caller who gave up came while no agent's phone rang: only the directory tells that it is a queue. */
const ABANDONED = loadNotifications('queue-abandoned').filter(({ body }) =>
  [undefined, SALES].includes(body.parties[0]?.extensionId),
)
const CAME_MS = Date.parse(ABANDONED[0]?.body.eventTime ?? '')

let clock: ManualClock
let log: EventLog
let people: Map<string, DirectoryPerson>
let queues: Map<string, DirectoryQueue>
let timeZone: string
let wanted: number
let pins: number
let collected: ReturnType<typeof createCollectedLogger>
let live: LiveCalls

beforeEach(async () => {
  clock = createManualClock(CAME_MS + MINUTE_MS)
  const memory = createMemoryEventLog()
  pins = 0
  log = {
    ...memory,
    get headPosition() {
      return memory.headPosition
    },
    get oldestPosition() {
      return memory.oldestPosition
    },
    pin(afterPosition) {
      pins += 1
      const pin = memory.pin(afterPosition)
      return {
        ...pin,
        release() {
          pins -= 1
          pin.release()
        },
      }
    },
  }
  people = new Map()
  queues = new Map()
  timeZone = 'UTC'
  wanted = 0
  collected = createCollectedLogger()
  for (const envelope of ABANDONED) await append(envelope)
  live = create(log)
})

async function noteWant(): Promise<void> {
  wanted += 1
}

function create(eventLog: EventLog): LiveCalls {
  const directory: Directory = { people, queues, want: noteWant }
  return createLiveCalls({
    log: eventLog,
    clock,
    logger: collected.logger,
    directory,
    timeZone: { read: async () => timeZone },
    isBusy: () => false,
  })
}

async function append(envelope: (typeof ABANDONED)[number]): Promise<void> {
  await log.append({
    uuid: undefined,
    telephonySessionId: envelope.body.telephonySessionId,
    extensionIds: envelope.body.parties.flatMap(({ extensionId }) => extensionId ?? []),
    receivedAtMs: Date.parse(envelope.body.eventTime) + 50,
    text: JSON.stringify(envelope),
  })
}

const offered = async () => (await live.use()).account.queue(SALES).today.offered

describe('the account live', () => {
  it('is off until somebody asks, and let go when nobody has asked for half an hour', async () => {
    expect(pins).toBe(0)
    expect((await live.use()).position).toBe(log.headPosition)
    expect([pins, wanted]).toEqual([1, 1])
    clock.advance(29 * MINUTE_MS)
    expect(pins).toBe(1)
    clock.advance(2 * MINUTE_MS)
    expect(pins).toBe(0)
    expect(collected.text()).toContain('nobody has asked for a while')
    expect((await live.use()).position).toBe(log.headPosition)
    expect(pins).toBe(1)
    live.close()
    expect(pins).toBe(0)
  })

  it('has every event that was in the log when it was asked for', async () => {
    await live.use()
    // Moved to now: what was over long ago leaves at once.
    const byMs = clock.nowMs() - Date.parse(loadNotifications('direct-call')[0]?.body.eventTime ?? '')
    for (const { body, ...envelope } of loadNotifications('direct-call'))
      await append({ ...envelope, body: { ...body, eventTime: formatInstant(Date.parse(body.eventTime) + byMs) } })
    const { position, account } = await live.use()
    expect(position).toBe(log.headPosition)
    expect(account.listExtensions()).toContain('400102')
    live.close()
  })

  it('is folded anew when the directory tells of another queue', async () => {
    expect(await offered()).toBe(0)
    queues.set(SALES, { name: 'Sales', members: [] })
    expect(await offered()).toBe(1)
    queues.clear()
    expect(await offered()).toBe(0)
    people.set(SALES, { name: 'Sales', type: 'Department' })
    expect(await offered()).toBe(1)
    live.close()
  })

  it('counts from the midnight of the account, and anew when that is another', async () => {
    queues.set(SALES, { name: 'Sales', members: [] })
    expect(await offered()).toBe(1)
    // There it is the next day already since the moment before.
    timeZone = 'Etc/GMT-14'
    const { sinceMs } = await live.use()
    expect(new Date(sinceMs).toISOString()).toContain('T10:00:00.000Z')
    live.close()
  })

  it('has begun the new day for whoever asks in its first moment', async () => {
    await live.use()
    const midnightMs = Math.ceil(clock.nowMs() / DAY_MS) * DAY_MS
    clock.advance(midnightMs - clock.nowMs() - 1)
    expect((await live.use()).sinceMs).toBe(midnightMs - DAY_MS)
    clock.advance(1)
    expect((await live.use()).sinceMs).toBe(midnightMs)
    live.close()
  })

  it('reads no further back than midnight and a day', async () => {
    clock.advance(3 * DAY_MS)
    const reads: number[] = []
    live = create({
      ...log,
      headPosition: log.headPosition,
      oldestPosition: log.oldestPosition,
      read: (afterPosition, limit) => {
        if (limit > 1) reads.push(afterPosition)
        return log.read(afterPosition, limit)
      },
    })
    expect((await live.use()).account.size).toBe(0)
    expect(reads).toEqual([])
    live.close()
  })

  it('asks to be asked again when reading of the past takes long', async () => {
    let goOn = (): void => {}
    const stuck = new Promise<void>((resolve) => {
      goOn = resolve
    })
    live = create({
      ...log,
      headPosition: log.headPosition,
      oldestPosition: log.oldestPosition,
      read: async (afterPosition, limit) => {
        if (limit > 1) await stuck
        return log.read(afterPosition, limit)
      },
    })
    const first = live.use().then(
      () => undefined,
      (error: unknown) => error,
    )
    const outcome = await eventually(async () => {
      clock.advance(SECOND_MS)
      const ended = await Promise.race([first, Promise.resolve('waiting')])
      expect(ended).not.toBe('waiting')
      return ended
    })
    expect(outcome).toBeInstanceOf(NotReadyError)
    goOn()
    expect((await live.use()).position).toBe(log.headPosition)
    live.close()
  })

  it('begins anew after the log could not be read', async () => {
    let isBroken = true
    live = create({
      ...log,
      headPosition: log.headPosition,
      oldestPosition: log.oldestPosition,
      read: async (afterPosition, limit) => {
        if (isBroken && limit > 1) throw new Error('The disk is gone')
        return log.read(afterPosition, limit)
      },
    })
    await expect(live.use()).rejects.toThrow(NotReadyError)
    expect(collected.text()).toContain('The disk is gone')
    isBroken = false
    expect((await live.use()).position).toBe(log.headPosition)
    live.close()
  })
})
