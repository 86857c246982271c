import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openCommitWitness, readTestimony } from '../../../relay/log/commit-witness.ts'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-witness-'))
  path = join(folder, 'commits')
})
afterEach(() => rm(folder, { recursive: true }))

async function noteAll(...commits: readonly number[]): Promise<void> {
  const witness = await openCommitWitness(path, '7-123')
  for (const count of commits) witness.note(count)
  await witness.close()
}

it('tells the last count that was noted', async () => {
  await noteAll(1, 2, 300)
  expect(await readTestimony(path)).toEqual({ filesId: '7-123', commits: 300 })
  await noteAll(301)
  expect(await readTestimony(path)).toEqual({ filesId: '7-123', commits: 301 })
})

it.each<[state: string, prepare: () => Promise<unknown>]>([
  ['is not there', async () => undefined],
  ['has no content', () => writeFile(path, '')],
  ['was left empty by a power cut', () => writeFile(path, Buffer.alloc(128))],
])('knows nothing when its file %s', async (_state, prepare) => {
  await prepare()
  expect(await readTestimony(path)).toBeUndefined()
})

it.each<[damage: string, change: () => Promise<void>]>([
  ['cut short', () => truncate(path, 60)],
  [
    'changed in a digit',
    async () => writeFile(path, (await readFile(path, 'latin1')).replace('7-123 300', '7-123 299'), 'latin1'),
  ],
])('refuses a file that was %s', async (_damage, change) => {
  await noteAll(300)
  await change()
  await expect(readTestimony(path)).rejects.toThrow('does not match its checksum')
})
