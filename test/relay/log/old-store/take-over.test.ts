import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DamagedFolderError, openDataFolder } from '../../../../relay/log/data-folder.ts'

/**
 * A folder as relays left it before segments: 42 events of which five were forgotten, one of them larger than a page and one
 * a status with half a character for a session; two items aside; three records.
 */
const LOG_ID = 'ea05b045-b22f-4bff-b8a1-cb380ed44e5b'

let path: string
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'ringside-old-'))
  await mkdir(join(path, 'log'))
  await writeFile(join(path, 'commits'), 'the count of commits')
  await writeFile(oldFile(), gunzipSync(await readFile(new URL('data.mdb.gz', import.meta.url))))
})
afterEach(() => rm(path, { recursive: true }))

const oldFile = () => join(path, 'log', 'data.mdb')

it('is taken over whole at the first start, and cursors go on', async () => {
  for (let start = 1; start <= 2; start++) {
    const folder = await openDataFolder(path)
    const { log, records } = folder
    expect(log).toMatchObject({ id: LOG_ID, headPosition: 42, oldestPosition: 6 })
    const events = await log.read(0, 100)
    expect(events.map(({ position }) => position)).toEqual(Array.from({ length: 37 }, (_, index) => index + 6))
    expect(events[0]).toMatchObject({
      telephonySessionId: 's-6',
      extensionIds: ['400102', '400103'],
      receivedAtMs: 1_767_600_006_000,
      text: expect.stringContaining('"uuid":"s-6:6"'),
    })
    expect(events[35]?.text).toBe(JSON.stringify({ filler: 'ä'.repeat(9000) }))
    expect(events[36]).toMatchObject({ kind: 'status', telephonySessionId: '\ud800', text: '{"found":false}' })
    expect((await log.readSessionIndex('s-6')).map(({ position }) => position)).toEqual([6, 13, 20, 27, 34])
    expect((await log.readOwned(['400104'], 0, 10)).events).toMatchObject([
      { position: 41, telephonySessionId: 'Gespräch/ü' },
    ])
    expect(await log.append({ ...(events[0] as (typeof events)[0]), uuid: 's-6:6' })).toEqual({
      position: 6,
      isNew: false,
    })
    expect(await log.readAside()).toEqual([
      { receivedAtMs: 1_767_600_052_000, reason: 'not JSON', text: '{half' },
      { receivedAtMs: 1_767_600_053_000, reason: 'no event', text: '[]' },
    ])
    expect(await records.list('session/')).toEqual(['{"token":"hash of a"}', '{"token":"hash of b"}'])
    expect(await records.get('subscription')).toMatch(/^\{"secret":"s","filler":"x{5000}"\}$/)
    expect(await records.get('session/gone')).toBeUndefined()
    await folder.close()
    expect(await readdir(path)).toEqual(expect.not.arrayContaining(['log', 'commits']))
  }
})

it('is taken over from the start when that was interrupted before', async () => {
  await mkdir(join(path, 'store.draft', 'events'), { recursive: true })
  await writeFile(join(path, 'store.draft', 'events', '00000001.segment'), 'half')
  const folder = await openDataFolder(path)
  expect(folder.log.headPosition).toBe(42)
  await folder.close()
})

it('is removed when it was taken over already', async () => {
  await (await openDataFolder(path)).close()
  await mkdir(join(path, 'log'))
  await writeFile(oldFile(), 'of no use any more')
  const folder = await openDataFolder(path)
  expect(folder.log.headPosition).toBe(42)
  await folder.close()
  expect(await readdir(path)).not.toContain('log')
})

it.each<[damage: string, change: () => Promise<void>]>([
  ['cut short', () => truncate(oldFile(), 20_000)],
  ['emptied', () => truncate(oldFile(), 0)],
  ['garbled', () => writeFile(oldFile(), Buffer.alloc(65_536, 0xa5))],
  [
    'changed in a letter of each record',
    async () => {
      const bytes = await readFile(oldFile())
      for (let at = bytes.indexOf('Proceeding'); at !== -1; at = bytes.indexOf('Proceeding', at + 1))
        bytes.write('X', at)
      await writeFile(oldFile(), bytes)
    },
  ],
])('is refused in a sentence when it is damaged, and stays as it was: %s', async (_damage, change) => {
  await change()
  const before = await readFile(oldFile())
  const opening = openDataFolder(path)
  await expect(opening).rejects.toThrow(DamagedFolderError)
  await expect(opening).rejects.toThrow(/^The data folder .* is damaged \(.+\): put a backup in its place/)
  expect((await readFile(oldFile())).equals(before)).toBe(true)
  expect((await readdir(path)).sort()).toEqual(['commits', 'lock', 'log'])
})
