import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DamagedFolderError, type DataFolder, openDataFolder } from '../../../relay/log/data-folder.ts'
import { readLastState } from '../../../relay/log/last-state.ts'
import { eventually } from '../../support/eventually.ts'
import { listFiles, overwrite, putBack, takeCopy } from '../support/log-files.ts'
import { newEvent } from '../support/new-event.ts'

/**
 * A data folder that was damaged while nobody looked. Whatever the damage, one of two things must happen: the folder is
 * refused with a sentence that says what to do, or everything is there as it was. Nothing else: no signal, no guess, no gap.
 */

const EVENTS = 300
const DAMAGES = Number(process.env.FAULT_DAMAGES ?? 10)

let origin: string
let pristine: ReadonlyMap<string, Buffer>
let intact: readonly unknown[]

/** Small, so that there are several. */
const OPTIONS = { segmentBytes: 64 * 1024 }

/** A folder that was closed, or one that still was in use when its relay was killed: its files as they were just before. */
describe.each(['closed', 'killed'])('a folder that was %s', (end) => {
  beforeAll(async () => {
    origin = await mkdtemp(join(tmpdir(), 'ringside-damage-'))
    const folder = await openDataFolder(origin, OPTIONS)
    for (let sequence = 1; sequence <= EVENTS; sequence++) {
      await folder.log.append(newEvent(`s-${sequence % 20}`, sequence, ['400102'], sequence))
    }
    await folder.log.trim({ beforeMs: 50, maxBytes: Number.POSITIVE_INFINITY })
    await folder.log.keepAside({ receivedAtMs: 1000, reason: 'not JSON', text: '{' })
    await folder.records.put('session/a', '{"token":"hash"}')
    await folder.records.put('session/b', '{"token":"hash"}')
    intact = await contentOf(folder)
    await acknowledgedIsWritten()
    const killed = await takeCopy(origin)
    await folder.close()
    if (end === 'killed') await putBack(origin, killed)
    pristine = await takeCopy(origin)
  })
  afterAll(() => rm(origin, { recursive: true }))

  it('is opened when nothing is damaged', async () => {
    expect(await openDamaged(async () => undefined)).toBe('intact')
  })

  it('is refused or whole when any one of its files is cut, emptied, gone, garbled, or another of them', async () => {
    const outcomes: [string, string][] = []
    for (const [path, bytes] of pristine) {
      const other = [...pristine.keys()].find((one) => one !== path && one.endsWith(path.slice(-8))) ?? path
      const damages: [string, () => Promise<unknown>][] = [
        ['cut to the half', () => truncate(path, Math.floor(bytes.length / 2))],
        ['cut by a byte', () => truncate(path, Math.max(0, bytes.length - 1))],
        ['emptied', () => truncate(path, 0)],
        ['garbled', () => overwrite(path, Buffer.alloc(bytes.length, 0xa5))],
        ['zeros', () => overwrite(path, Buffer.alloc(bytes.length))],
        ['halves swapped', () => overwrite(path, swapHalves(bytes))],
        ['another', () => overwrite(path, pristine.get(other) ?? bytes)],
      ]
      for (const [damage, change] of damages)
        outcomes.push([`${path.slice(origin.length)} ${damage}`, await openDamaged(change, damage)])
    }
    expect(outcomes.filter(([, outcome]) => outcome === 'refused').length).toBeGreaterThan(10)
  })

  it('is refused or whole after any damage at all', async () => {
    const damage = fc.record({
      file: fc.nat(),
      at: fc.nat(),
      length: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 64 }), fc.constant(4096)),
      value: fc.nat(255),
    })
    await fc.assert(
      fc.asyncProperty(damage, async ({ file, at, length, value }) => {
        const [path, bytes] = [...pristine][file % pristine.size] ?? ['', Buffer.alloc(0)]
        const damaged = Buffer.from(bytes)
        if (bytes.length > 0)
          damaged.fill(value, at % bytes.length, Math.min((at % bytes.length) + length, bytes.length))
        await openDamaged(() => overwrite(path, damaged))
      }),
      { numRuns: DAMAGES, endOnFailure: true },
    )
  })
})

/** What was acknowledged last is noted some milliseconds later. */
async function acknowledgedIsWritten(): Promise<void> {
  const [file = ''] = await listFiles(origin, 'records')
  const content = await readFile(file)
  const contentBytes = content.findLastIndex((byte) => byte !== 0) + 1
  await eventually(async () => {
    expect((await readLastState(join(origin, 'store')))?.ends.records).toMatchObject({ contentBytes })
  })
}

function swapHalves(bytes: Buffer): Buffer {
  const middle = Math.floor(bytes.length / 2)
  return Buffer.concat([bytes.subarray(middle), bytes.subarray(0, middle)])
}

async function contentOf({ log, records }: DataFolder): Promise<readonly unknown[]> {
  const indexes = await Promise.all(Array.from({ length: 20 }, (_, session) => log.readSessionIndex(`s-${session}`)))
  const owned = await log.readOwned(['400102'], 0, EVENTS * 2)
  return [
    log.headPosition,
    log.oldestPosition,
    await log.read(0, EVENTS * 2),
    owned,
    indexes,
    await log.readAside(),
    await records.list(''),
  ]
}

/** Damages the folder's files in place, as a bad disk does, and puts them right again. */
async function openDamaged(change: () => Promise<unknown>, what = ''): Promise<'refused' | 'intact'> {
  try {
    await change()
    const folder = await openDataFolder(origin, OPTIONS)
    try {
      expect(await contentOf(folder), what).toEqual(intact)
    } finally {
      await folder.close()
    }
    return 'intact'
  } catch (error) {
    if (!(error instanceof DamagedFolderError)) throw error
    expect(error.message).toMatch(/^The data folder .* is damaged \(.+\): put a backup in its place, or move it away/)
    return 'refused'
  } finally {
    await putBack(origin, pristine)
  }
}
