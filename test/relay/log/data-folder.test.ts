import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDataFolder } from '../../../relay/log/data-folder.ts'
import { openLmdbEnvironment } from '../../../relay/log/environment.lmdb.ts'
import { openLmdbEventLog } from '../../../relay/log/event-log.lmdb.ts'
import { eventually } from '../../support/eventually.ts'
import { newEvent } from '../support/new-event.ts'

let path: string
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'ringside-folder-'))
})
afterEach(() => rm(path, { recursive: true }))

const dataFile = () => join(path, 'log', 'data.mdb')

async function fill(events: number): Promise<string> {
  const folder = await openDataFolder(path)
  for (let sequence = 1; sequence <= events; sequence++) await folder.log.append(newEvent('s-1', sequence, ['1']))
  await folder.close()
  return folder.log.id
}

it('finds everything again after it was closed', async () => {
  const id = await fill(20)
  const folder = await openDataFolder(path)
  expect(folder.log).toMatchObject({ id, headPosition: 20, oldestPosition: 1 })
  expect(await folder.log.read(0, 100)).toHaveLength(20)
  expect(await folder.log.append(newEvent('s-1', 7, ['1']))).toEqual({ position: 7, isNew: false })
  await folder.close()
})

it('refuses a folder that another relay holds, until it is closed', async () => {
  const first = await openDataFolder(path)
  await expect(openDataFolder(path)).rejects.toThrow(`The data folder ${path} is in use by another relay`)
  await first.close()
  const second = await openDataFolder(path)
  await second.close()
})

it('takes a copy that was put back for another log', async () => {
  const id = await fill(3)
  await cp(dataFile(), `${dataFile()}.backup`)
  await fill(5)
  await rm(dataFile())
  await cp(`${dataFile()}.backup`, dataFile())
  const folder = await openDataFolder(path)
  expect(folder.log.headPosition).toBe(3)
  expect(folder.log.id).not.toBe(id)
  await folder.close()
})

it.each<[damage: string, change: () => Promise<void>]>([
  ['cut short', () => truncate(dataFile(), 10_000)],
  ['garbled', () => writeFile(dataFile(), Buffer.alloc(65_536, 0xa5))],
  ['changed in a letter of each record', () => flipLetters()],
])('says in a sentence that a data file is damaged: %s', async (_damage, change) => {
  await fill(200)
  await change()
  await expect(openDataFolder(path)).rejects.toThrow(/^The data folder .* is damaged \(.+\): put a backup in its place/)
})

async function flipLetters(): Promise<void> {
  const bytes = await readFile(dataFile())
  // The first may lie on a page that is no longer used, so each is changed.
  for (let at = bytes.indexOf('Proceeding'); at !== -1; at = bytes.indexOf('Proceeding', at + 1)) bytes.write('X', at)
  await writeFile(dataFile(), bytes)
}

it('notices that the last commit is missing, though what is there is sound', async () => {
  await fill(3)
  const earlier = await readFile(dataFile())
  await fill(5)
  // In place, as a damaged head page would do it: another file would be a backup that was put back.
  await writeFile(dataFile(), earlier)
  await expect(openDataFolder(path)).rejects.toThrow('is damaged (the last commits are missing)')
})

it('refuses a file that was emptied', async () => {
  await fill(3)
  await truncate(dataFile(), 0)
  await expect(openDataFolder(path)).rejects.toThrow(/is damaged \(.+\)/)
})

it('goes on without a word when only the count of commits is lost', async () => {
  const id = await fill(3)
  await rm(join(path, 'commits'))
  const folder = await openDataFolder(path)
  expect(folder.log).toMatchObject({ id, headPosition: 3 })
  await folder.close()
})

describe('a write that fails', () => {
  const noRoom = () => Object.assign(new Error('No space left on device'), { code: 28 })

  it('gives no position to what it was about, and goes on when there is room again', async () => {
    const environment = openLmdbEnvironment(path)
    const { commit } = environment
    let isFull = false
    const failing: typeof commit = (change) => (isFull ? Promise.reject(noRoom()) : commit(change))
    const log = await openLmdbEventLog({ ...environment, commit: failing }, { filesId: 'a' })
    await log.append(newEvent('s-1', 2, ['1']))
    isFull = true
    await expect(log.append(newEvent('s-1', 3, ['1']))).rejects.toThrow('No space left')
    expect(log).toMatchObject({ headPosition: 1, isWritable: false })
    expect(await log.checkWritable()).toBe(false)
    isFull = false
    expect(await log.checkWritable()).toBe(true)
    expect(await log.append(newEvent('s-1', 3, ['1']))).toEqual({ position: 2, isNew: true })
    expect(await log.read(0, 10)).toHaveLength(2)
    await environment.close()
  })

  it('does not keep a relay from starting on what is there', async () => {
    const environment = openLmdbEnvironment(path)
    const before = await openLmdbEventLog(environment, { filesId: 'a' })
    await before.append(newEvent('s-1', 2, ['1']))
    const full = { ...environment, commit: () => Promise.reject(noRoom()) }
    const log = await openLmdbEventLog(full, { filesId: 'a' })
    expect(log).toMatchObject({ id: before.id, headPosition: 1, isWritable: false })
    await environment.close()
  })
})

it('reads nothing out that is not on the disk yet', async () => {
  const environment = openLmdbEnvironment(path)
  let isHeld = false
  let release: () => void = () => undefined
  const log = await openLmdbEventLog(
    {
      ...environment,
      // Committed and to be seen in the store, while the disk has not confirmed it.
      async commit(change) {
        await environment.commit(change)
        if (!isHeld) return
        await new Promise<void>((resolve) => {
          release = resolve
        })
      },
    },
    { filesId: 'a' },
  )
  isHeld = true
  const heard: number[] = []
  log.onAppended((events) => heard.push(...events.map(({ position }) => position)))
  const appended = log.append(newEvent('s-1', 2, ['1']))
  await eventually(() => expect(environment.events.get(1)).toBeDefined())
  expect(log).toMatchObject({ headPosition: 0, oldestPosition: 1 })
  expect(await log.read(0, 10)).toEqual([])
  expect(await log.readSession('s-1', 10)).toEqual([])
  expect(await log.readSessionIndex('s-1')).toEqual([])
  expect(heard).toEqual([])
  release()
  expect(await appended).toEqual({ position: 1, isNew: true })
  expect(await log.read(0, 10)).toHaveLength(1)
  expect(heard).toEqual([1])
  await environment.close()
})
