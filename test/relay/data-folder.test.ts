import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDataFolder } from '../../relay/data-folder.ts'
import { openLmdbEnvironment } from '../../relay/environment.lmdb.ts'
import { openLmdbEventLog } from '../../relay/event-log.lmdb.ts'
import { newEvent } from './support/new-event.ts'

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

it('gives no position to what could not be written, and goes on when it can again', async () => {
  const environment = openLmdbEnvironment(path)
  const { commit } = environment
  let isFull = false
  const failing: typeof commit = (change) => (isFull ? Promise.reject(new Error('ENOSPC')) : commit(change))
  const log = await openLmdbEventLog({ ...environment, commit: failing }, { filesId: 'a' })
  await log.append(newEvent('s-1', 2, ['1']))
  isFull = true
  await expect(log.append(newEvent('s-1', 3, ['1']))).rejects.toThrow('ENOSPC')
  expect(log).toMatchObject({ headPosition: 1, isWritable: false })
  isFull = false
  expect(await log.append(newEvent('s-1', 3, ['1']))).toEqual({ position: 2, isNew: true })
  expect(log.isWritable).toBe(true)
  await environment.close()
})
