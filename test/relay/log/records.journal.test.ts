import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type DataFolder, openDataFolder } from '../../../relay/log/data-folder.ts'
import { listFiles } from '../support/log-files.ts'

let path: string
let folder: DataFolder
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'ringside-records-'))
  folder = await openDataFolder(path)
})
afterEach(async () => {
  await folder.close()
  await rm(path, { recursive: true })
})

async function openAgain(): Promise<void> {
  await folder.close()
  folder = await openDataFolder(path)
}

async function filesBytes(): Promise<number> {
  const files = await listFiles(path, 'records')
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}

it('has what was put last after every start, and nothing that was removed', async () => {
  const { records } = folder
  await Promise.all(['a', 'b', 'c'].map((key) => records.put(`session/${key}`, `1 ${key}`)))
  await records.remove('session/b')
  for (let start = 1; start <= 3; start++) {
    await openAgain()
    await folder.records.put('session/a', `${start} a`)
    expect(await folder.records.list('session/')).toEqual([`${start} a`, '1 c'])
    // A snapshot has taken the place of those before.
    expect(await listFiles(path, 'records')).toHaveLength(1)
  }
})

it('takes no more room than some snapshots of what is kept', async () => {
  const value = 'x'.repeat(2000)
  for (let round = 0; round < 30; round++) {
    await Promise.all(Array.from({ length: 50 }, (_, key) => folder.records.put(`session/${key}`, `${round} ${value}`)))
  }
  expect(await filesBytes()).toBeLessThan(900_000)
  await openAgain()
  expect(await folder.records.list('session/')).toHaveLength(50)
  expect(await folder.records.get('session/49')).toBe(`29 ${value}`)
})
