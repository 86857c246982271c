import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { mkdtemp, readFile, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createConfirmedTime } from '../../../relay/confirmed-time.ts'
import { type DataFolder, type DataFolderOptions, openDataFolder } from '../../../relay/log/data-folder.ts'
import { createSizeLimit } from '../../../relay/log/size-limit.ts'
import { startTrimming, watchWritable } from '../../../relay/log/upkeep.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { eventually } from '../../support/eventually.ts'
import { itWhere } from '../../support/it-with.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { canMount, mountSmallDisk, type SmallDisk } from '../faults/full-disk.ts'
import { createCollectedLogger } from '../support/collected-logger.ts'
import { newestSegment } from '../support/log-files.ts'
import { newEvent } from '../support/new-event.ts'

/** The upkeep on its real log, with a clock that the test moves. */

const RETENTION_MS = 72 * HOUR_MS
/** More than a quiet company tells in ten minutes. */
const ROOM_BYTES = 128 * 1024

async function startUpkeep(path: string, options: DataFolderOptions = {}) {
  const clock = createManualClock()
  const time = createConfirmedTime(clock)
  time.confirm(clock.nowMs())
  const folder = await openDataFolder(path, options)
  const { log } = folder
  let rounds = 0
  const findMaxBytes = createSizeLimit(path, () => log.usedBytes)
  const { logger } = createCollectedLogger()
  const stopWatching = watchWritable({ log, clock, logger })
  const stop = startTrimming({
    log: {
      ...log,
      // A round is over when what it forgets is forgotten.
      trim: (limits) =>
        log.trim(limits).finally(() => {
          rounds += 1
        }),
    },
    clock,
    time,
    logger,
    settings: { retentionMs: RETENTION_MS },
    findMaxBytes,
  })
  return {
    clock,
    time,
    folder,
    log,
    /** So many rounds, a minute each. */
    async passMinutes(minutes: number) {
      for (let minute = 0; minute < minutes; minute++) {
        const before = rounds
        clock.advance(MINUTE_MS)
        await eventually(() => expect(rounds).toBe(before + 1))
      }
    },
    async close() {
      stop()
      stopWatching()
      await folder.close()
    },
  }
}

async function fill({ log }: DataFolder, events: number, receivedAtMs: number): Promise<void> {
  const first = log.headPosition + 1
  const appended = await Promise.allSettled(
    Array.from({ length: events }, (_, index) =>
      log.append(newEvent(`s-${index % 50}`, first + index, ['102'], receivedAtMs)),
    ),
  )
  for (const one of appended) if (one.status === 'rejected') throw one.reason
}

describe('a clock that is days ahead', () => {
  let path: string
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'ringside-upkeep-'))
  })
  afterEach(() => rm(path, { recursive: true }))

  it('for some minutes makes the log forget nothing; what is old by RingCentral’s clock as well is forgotten', async () => {
    const upkeep = await startUpkeep(path)
    const { clock, log } = upkeep
    await fill(upkeep.folder, 100, clock.nowMs())
    clock.jump(4 * DAY_MS)
    await upkeep.passMinutes(3)
    expect(log.oldestPosition).toBe(1)
    clock.jump(-4 * DAY_MS)
    await upkeep.passMinutes(1)
    expect(log.oldestPosition).toBe(1)
    clock.jump(4 * DAY_MS)
    upkeep.time.confirm(clock.nowMs())
    await upkeep.passMinutes(1)
    expect(log.oldestPosition).toBe(101)
    await upkeep.close()
  })
})

describe('a disk that others fill', () => {
  let disk: SmallDisk
  afterEach(() => disk.remove())

  /** Takes all that is left of the disk. */
  function fillDisk(): string {
    const filler = join(disk.folder, 'filler')
    const file = openSync(filler, 'w')
    const piece = Buffer.alloc(64 * 1024)
    try {
      for (;;) writeSync(file, piece)
    } catch {
      return filler
    } finally {
      closeSync(file)
    }
  }

  /** Bytes that the log has taken from the disk and not written yet. */
  async function spaceAhead(): Promise<number> {
    const bytes = await readFile(await newestSegment(disk.folder))
    return bytes.length - (bytes.findLastIndex((byte) => byte !== 0) + 1)
  }

  itWhere(canMount(), 'this user may mount no file system')(
    'for ten minutes makes the log neither shorter nor refuse what fits, and it goes on when there is room',
    async () => {
      disk = mountSmallDisk('32m')
      const upkeep = await startUpkeep(disk.folder)
      const { clock, log, folder } = upkeep
      await fill(folder, 10_000, clock.nowMs())
      // What is taken ahead comes behind the append that asks for it.
      await eventually(async () => expect(await spaceAhead()).toBeGreaterThan(ROOM_BYTES))
      const filler = fillDisk()
      for (let minute = 0; minute < 10; minute++) {
        await upkeep.passMinutes(1)
        // A quiet company's; they fit into the room that was taken before.
        await fill(folder, 20, clock.nowMs())
      }
      expect(log).toMatchObject({ oldestPosition: 1, headPosition: 10_200, isWritable: true })

      await expect(fill(folder, 20_000, clock.nowMs())).rejects.toThrow('There is no room for')
      await upkeep.passMinutes(1)
      expect(log).toMatchObject({ oldestPosition: 1, isWritable: false })
      const { headPosition } = log
      expect((await log.readOwned(['102'], headPosition - 10, 100)).events).toHaveLength(10)

      rmSync(filler)
      clock.advance(5 * SECOND_MS)
      await eventually(() => expect(log.isWritable).toBe(true))
      await fill(folder, 1000, clock.nowMs())
      expect(log.headPosition).toBe(headPosition + 1000)
      await upkeep.close()
    },
  )

  itWhere(canMount(), 'this user may mount no file system')(
    'gets half of itself left by the log, which forgets as much as it takes in',
    async () => {
      disk = mountSmallDisk('16m')
      const upkeep = await startUpkeep(disk.folder, { segmentBytes: 1024 * 1024 })
      const { clock, log, folder } = upkeep
      for (let minute = 0; minute < 12; minute++) {
        await fill(folder, 2000, clock.nowMs())
        await upkeep.passMinutes(1)
        const { bavail, bsize } = await statfs(disk.folder)
        // What is taken in advance, and what comes within a minute, is of that half.
        expect(bavail * bsize).toBeGreaterThan(1024 * 1024)
      }
      expect(log.oldestPosition).toBeGreaterThan(1)
      expect(log.usedBytes).toBeGreaterThan(4 * 1024 * 1024)
      await upkeep.close()
    },
  )
})
