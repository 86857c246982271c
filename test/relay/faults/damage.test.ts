import { cp, mkdtemp, open, readFile, rm, stat, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DamagedFolderError, openDataFolder } from '../../../relay/log/data-folder.ts'
import { newEvent } from '../support/new-event.ts'

/**
 * A data folder that was damaged while nobody looked. Whatever the damage, one of two things must happen: the folder is
 * refused with a sentence that says what to do, or everything is there as it was. Nothing else: no signal, no guess, no hole.
 */

const EVENTS = 300
const OUTCOMES = ['refused', 'intact']
const DAMAGES = Number(process.env.FAULT_DAMAGES ?? 10)

let origin: string
let data: string
let intact: readonly unknown[]

beforeAll(async () => {
  origin = await mkdtemp(join(tmpdir(), 'ringside-damage-'))
  data = join(origin, 'log', 'data.mdb')
  const folder = await openDataFolder(origin)
  for (let sequence = 1; sequence <= EVENTS; sequence++) {
    await folder.log.append(newEvent(`s-${sequence % 20}`, sequence, ['400102'], sequence))
  }
  await folder.log.trim({ beforeMs: 50, maxBytes: Number.POSITIVE_INFINITY })
  await folder.records.put('session/a', '{"token":"hash"}')
  intact = await contentOf(folder)
  await folder.close()
})
afterAll(() => rm(origin, { recursive: true }))

async function contentOf({ log, records }: Awaited<ReturnType<typeof openDataFolder>>): Promise<readonly unknown[]> {
  const indexes = await Promise.all(Array.from({ length: 20 }, (_, session) => log.readSessionIndex(`s-${session}`)))
  return [log.id, log.headPosition, log.oldestPosition, await log.read(0, EVENTS * 2), indexes, await records.list('')]
}

/** Damages the folder's files in place, as a bad disk does: a copied file would be a backup that was put back. */
async function openDamaged(change: () => Promise<void>): Promise<'refused' | 'intact'> {
  const pristine = await readFile(data)
  const witness = await readFile(join(origin, 'commits'))
  try {
    await change()
    const folder = await openDataFolder(origin)
    try {
      const [, ...content] = await contentOf(folder)
      const [, ...expected] = intact
      expect(content.slice(0, 4)).toEqual(expected.slice(0, 4))
    } finally {
      await folder.close()
    }
    return 'intact'
  } catch (error) {
    if (!(error instanceof DamagedFolderError)) throw error
    expect(error.message).toMatch(/^The data folder .* is damaged \(.+\): put a backup in its place, or move it away/)
    return 'refused'
  } finally {
    await overwrite(data, pristine)
    await overwrite(join(origin, 'commits'), witness)
  }
}

/** Keeps the file's identity. */
async function overwrite(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'r+')
  await file.truncate(bytes.length)
  await file.write(bytes, 0, bytes.length, 0)
  await file.close()
}

async function flip(at: number, mask: number): Promise<void> {
  const bytes = await readFile(data)
  bytes[at] = (bytes[at] ?? 0) ^ mask
  await overwrite(data, bytes)
}

it('is opened when nothing is damaged', async () => {
  expect(await openDamaged(async () => undefined)).toBe('intact')
})

it.each([0, 1, 100, 4096, 8192, 20_000])('is refused when it was cut to %i bytes', async (length) => {
  expect(await openDamaged(() => truncate(data, length))).toBe('refused')
})

it('is refused when its halves were swapped', async () => {
  const swap = async () => {
    const bytes = await readFile(data)
    const middle = Math.floor(bytes.length / 8192) * 4096
    await overwrite(data, Buffer.concat([bytes.subarray(middle), bytes.subarray(0, middle)]))
  }
  expect(await openDamaged(swap)).toBe('refused')
})

it.each([16, 20, 48, 96, 112, 136, 144])('is refused or whole with byte %i of a head page flipped', async (place) => {
  // Which of the two pages counts depends on the last commit.
  expect(OUTCOMES).toContain(await openDamaged(() => flip(place, 0xff)))
  expect(OUTCOMES).toContain(await openDamaged(() => flip(4096 + place, 0xff)))
})

it(
  'is refused or whole after any damage at all',
  async () => {
    const { size } = await stat(data)
    const damage = fc.record({
      at: fc.nat(size - 1),
      length: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 64 }), fc.constant(4096)),
      value: fc.nat(255),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (damages) => {
        await openDamaged(async () => {
          const bytes = await readFile(data)
          for (const { at, length, value } of damages) bytes.fill(value, at, Math.min(at + length, bytes.length))
          await overwrite(data, bytes)
        })
      }),
      { numRuns: DAMAGES, endOnFailure: true },
    )
  },
  30_000 + DAMAGES * 3000,
)

it('is taken for another log when a copy was put in its place', async () => {
  const copy = join(origin, 'copy')
  await cp(data, copy)
  await rm(data)
  await cp(copy, data)
  const folder = await openDataFolder(origin)
  const [id, ...content] = await contentOf(folder)
  await folder.close()
  expect(id).not.toBe(intact[0])
  expect(content.slice(0, 4)).toEqual(intact.slice(1, 5))
})
