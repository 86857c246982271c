import { copyFile, mkdir, mkdtemp, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DamagedFolderError, type DataFolder, openDataFolder } from '../../../relay/log/data-folder.ts'
import { NotStoredError } from '../../../relay/log/not-stored-error.ts'
import { eventually } from '../../support/eventually.ts'
import { listFiles, newestSegment, overwrite, putBack, takeCopy, tearTail } from '../support/log-files.ts'
import { newEvent } from '../support/new-event.ts'

let path: string
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'ringside-folder-'))
})
afterEach(() => rm(path, { recursive: true }))

async function append(folder: DataFolder, events: number): Promise<void> {
  const first = folder.log.headPosition + 1
  for (let position = first; position < first + events; position++) {
    await folder.log.append(newEvent(`s-${position % 5}`, position, ['1'], position))
  }
}

async function fill(events: number): Promise<string> {
  const folder = await openDataFolder(path)
  await append(folder, events)
  await folder.close()
  return folder.log.id
}

it('finds everything again after it was closed', async () => {
  const id = await fill(20)
  const folder = await openDataFolder(path)
  expect(folder.log).toMatchObject({ id, former: [], headPosition: 20, oldestPosition: 1 })
  expect(await folder.log.read(0, 100)).toHaveLength(20)
  expect(await folder.log.append(newEvent('s-2', 7, ['1']))).toEqual({ position: 7, isNew: false })
  expect(await folder.log.readSessionIndex('s-0')).toHaveLength(4)
  await folder.close()
})

it('reads from the disk once what many read, among what nobody has', async () => {
  await fill(20)
  const folder = await openDataFolder(path)
  const some = await folder.log.read(4, 6)
  const all = await folder.log.read(0, 100)
  expect(all.map(({ position }) => position)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  for (const [index, event] of some.entries()) expect(all[4 + index]).toBe(event)
  const [first, ...rest] = await folder.log.readSession('s-1', 20)
  expect(first).toBe(all[0])
  expect(rest.map(({ position }) => position)).toEqual([6, 11, 16])
  await folder.close()
})

it('is closed in the middle of appends: what was said to be stored is found again, the rest was refused', async () => {
  for (let start = 0; start < 20; start++) {
    const folder = await openDataFolder(path)
    const before = folder.log.headPosition
    const answers = Array.from({ length: 50 }, (_, index) =>
      folder.log.append(newEvent('s-1', 1000 * start + index, ['1'])).then(
        () => true,
        (error: unknown) => {
          expect(error).toBeInstanceOf(NotStoredError)
          return false
        },
      ),
    )
    // After so many turns of the event loop: before the write, between write and flush, after it.
    for (let turn = 0; turn < start; turn++) await setImmediate()
    await folder.close()
    const stored = (await Promise.all(answers)).filter(Boolean).length
    const again = await openDataFolder(path)
    expect(again.log.headPosition).toBe(before + stored)
    expect(await again.log.read(before, 100)).toHaveLength(stored)
    await again.close()
  }
})

it('has the same name and goes on counting after many starts, with an event or without, and all forgotten', async () => {
  const id = await fill(3)
  for (let start = 1; start <= 4; start++) expect(await fill(start % 2)).toBe(id)
  const folder = await openDataFolder(path)
  await folder.log.trim({ beforeMs: Number.POSITIVE_INFINITY, maxBytes: Number.POSITIVE_INFINITY })
  expect(folder.log).toMatchObject({ headPosition: 5, oldestPosition: 6 })
  await folder.close()
  const again = await openDataFolder(path)
  expect(again.log).toMatchObject({ id, headPosition: 5, oldestPosition: 6 })
  await append(again, 1)
  expect((await again.log.read(0, 10)).map(({ position }) => position)).toEqual([6])
  await again.close()
})

it('starts from the indexes, and as well without them', async () => {
  const folder = await openDataFolder(path, { segmentBytes: 8000 })
  await append(folder, 100)
  const expected = await folder.log.read(0, 1000)
  await folder.close()
  const indexes = await listFiles(path, 'events', '.index')
  expect(indexes.length).toBeGreaterThan(5)
  await rm(indexes[1] ?? '')
  await overwrite(indexes[2] ?? '', Buffer.from('damaged'))
  const again = await openDataFolder(path)
  expect(await again.log.read(0, 1000)).toEqual(expected)
  expect((await again.log.readOwned(['1'], 0, 1000)).events).toEqual(expected)
  expect(await again.log.append(newEvent('s-0', 15, ['1']))).toEqual({ position: 15, isNew: false })
  await again.close()
  expect(await listFiles(path, 'events', '.index')).toEqual(indexes)
})

it.each([1, 4, 20, 40, 4100, 8000])('cuts off a batch of which %i bytes were written, and goes on', async (bytes) => {
  const folder = await openDataFolder(path)
  await append(folder, 20)
  // What a process leaves that is killed: nothing was closed.
  const killed = await takeCopy(path)
  await folder.close()
  await putBack(path, killed)
  await tearTail(await newestSegment(path), bytes)
  for (const events of [21, 22]) {
    const again = await openDataFolder(path)
    await append(again, 1)
    expect(await again.log.read(0, 100)).toHaveLength(events)
    expect(await again.log.append(newEvent('s-0', 20, ['1']))).toEqual({ position: 20, isNew: false })
    await again.close()
  }
})

it('leaves nothing of what was forgotten on the disk', async () => {
  const folder = await openDataFolder(path, { segmentBytes: 20_000 })
  const texts = Array.from({ length: 100 }, (_, index) => `+1555${String(index).padStart(7, '0')}`)
  for (const [index, text] of texts.entries()) {
    await folder.log.append({
      ...newEvent(`s-${text}`, index, [`x${text}`], index),
      uuid: `u${text}`,
      text: JSON.stringify({ text }),
    })
    await folder.log.keepAside({ receivedAtMs: index, reason: 'not JSON', text: `a${text}` })
  }
  const readable = async () => {
    const bytes = Buffer.concat([...(await takeCopy(path)).values()])
    return texts.filter((text) => bytes.includes(text)).length
  }
  expect(await readable()).toBe(100)
  for (const kept of [70, 33, 32, 1, 0]) {
    expect(await folder.log.trim({ beforeMs: 100 - kept, maxBytes: Number.POSITIVE_INFINITY })).toBeGreaterThan(0)
    expect(await folder.log.read(0, 1000)).toHaveLength(kept)
    expect(await readable()).toBe(kept)
  }
  await folder.close()
})

describe('a folder that another has', () => {
  it('is refused until it is closed', async () => {
    const first = await openDataFolder(path)
    await expect(openDataFolder(path)).rejects.toThrow(`The data folder ${path} is in use by another relay`)
    await first.close()
    const second = await openDataFolder(path)
    await second.close()
  })
})

describe('what can be no folder', () => {
  it.each(['', '/below'])('is refused by a sentence that names the setting: a file%s', async (below) => {
    const file = join(path, 'a-file')
    await writeFile(file, 'not a folder')
    await expect(openDataFolder(file + below)).rejects.toThrow(
      /^The data folder \S+ can't be used \((?:EEXIST|ENOTDIR)\): RELAY_DATA_DIR should be a folder/,
    )
    expect(await readFile(file, 'utf8')).toBe('not a folder')
  })

  // A system that has no such folder says no either, in its own words.
  it('is refused where the system lets nobody make one, though it says that something is missing', async () => {
    await expect(openDataFolder('/proc/ringside/data')).rejects.toThrow(
      /^The data folder \/proc\/ringside\/data can't be used \([A-Z]+\): RELAY_DATA_DIR should be a folder/,
    )
  })
})

describe('a folder that may be a copy', () => {
  /** Fills it, takes a copy, goes on, puts the copy back as `put` does, and opens it. */
  async function restore(put: (copy: ReadonlyMap<string, Buffer>) => Promise<unknown>) {
    const id = await fill(10)
    const copy = await takeCopy(path)
    expect(await fill(20)).toBe(id)
    await put(copy)
    return { id, folder: await openDataFolder(path) }
  }

  it.each<[way: string, put: (copy: ReadonlyMap<string, Buffer>) => Promise<unknown>]>([
    ['in place', (copy) => putBack(path, copy)],
    [
      'in place, with its times',
      async (copy) => {
        await putBack(path, copy)
        for (const file of copy.keys()) await utimes(file, new Date(1000), new Date(1000))
      },
    ],
    [
      'as other files',
      async (copy) => {
        await rm(join(path, 'store'), { recursive: true })
        for (const [file, bytes] of copy) {
          await mkdir(dirname(file), { recursive: true })
          await writeFile(file, bytes)
        }
      },
    ],
  ])('is another log when it was put back %s, in which cursors hold up to where it was', async (_way, put) => {
    const { id, folder } = await restore(put)
    expect(folder.log.headPosition).toBe(10)
    expect(folder.log.id).not.toBe(id)
    expect(folder.log.former).toEqual([{ id, headPosition: 10 }])
    await append(folder, 25)
    await folder.close()
    const again = await openDataFolder(path)
    expect(again.log).toMatchObject({ id: folder.log.id, former: folder.log.former, headPosition: 35 })
    await again.close()
  })

  it('is the same log when the folder was only moved', async () => {
    const id = await fill(10)
    const moved = `${path}-moved`
    await rename(path, moved)
    await rename(moved, path)
    expect(await fill(0)).toBe(id)
  })

  it('remembers all its names, each up to where it was', async () => {
    const names: { id: string; headPosition: number }[] = []
    for (let round = 1; round <= 3; round++) {
      names.push({ id: await fill(1), headPosition: round })
      const newest = await newestSegment(path)
      await copyFile(newest, `${newest}.copy`)
      await rename(`${newest}.copy`, newest)
    }
    const folder = await openDataFolder(path)
    expect(folder.log.former).toEqual(names)
    await folder.close()
  })
})

describe('damage', () => {
  const SENTENCE = /^The data folder .* is damaged \(.+\): put a backup in its place, or move it away/

  it('that is found while it is read is told with file and place, and the next start refuses it', async () => {
    await fill(50)
    const file = await newestSegment(path)
    const bytes = await readFile(file)
    const at = bytes.indexOf('Proceeding', bytes.length / 2)
    bytes.write('X', at)
    await overwrite(file, bytes)
    const damages: DamagedFolderError[] = []
    const folder = await openDataFolder(path, { onDamaged: (error) => damages.push(error) })
    await expect(folder.log.read(0, 100)).rejects.toThrow(SENTENCE)
    expect(damages[0]?.message).toMatch(/00000001\.segment does not match its checksums at byte \d+/)
    await folder.close()
    const opening = openDataFolder(path)
    await expect(opening).rejects.toThrow(DamagedFolderError)
    await expect(opening).rejects.toThrow(/00000001\.segment does not match its checksums at byte \d+/)
  })

  it('is found by nobody reading', async () => {
    await fill(50)
    const file = await newestSegment(path)
    const bytes = await readFile(file)
    bytes.write('X', bytes.indexOf('Proceeding', bytes.length / 2))
    await overwrite(file, bytes)
    const damages: DamagedFolderError[] = []
    const folder = await openDataFolder(path, { onDamaged: (error) => damages.push(error) })
    await eventually(() => expect(damages).toHaveLength(1))
    expect(damages[0]?.message).toMatch(SENTENCE)
    await folder.close()
    await expect(openDataFolder(path)).rejects.toThrow(SENTENCE)
  })
})
