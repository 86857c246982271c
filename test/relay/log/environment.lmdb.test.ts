import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, expect } from 'vitest'
import { type LmdbEnvironment, openLmdbEnvironment } from '../../../relay/log/environment.lmdb.ts'
import { NotStoredError } from '../../../relay/log/not-stored-error.ts'
import { itWith } from '../../support/it-with.ts'

/** Commits while this process may not make its files longer, which the store meets as a full disk. */

let path: string
let environment: LmdbEnvironment
const ends: Error[] = []
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'ringside-commits-'))
  environment = openLmdbEnvironment(path, { onFailed: (error) => ends.push(error) })
})
afterEach(async () => {
  limitFileSize('unlimited')
  await environment.close()
  await rm(path, { recursive: true })
})

function limitFileSize(bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:unlimited`])
}

const ROUNDS = 60
const TOO_BIG = Buffer.alloc(8 * 1024 * 1024)

itWith('prlimit')('tells each of many commits its own end while some have no room', async () => {
  const put = (table: 'events' | 'aside', key: number, value: Buffer) =>
    environment.commit((writes) => writes.put(environment[table], key, value))
  const outcome = (committed: Promise<void>) =>
    committed.then(
      () => 'stored',
      (error: unknown) => (error instanceof NotStoredError ? 'not stored' : String(error)),
    )
  await put('aside', 1, Buffer.alloc(10))
  limitFileSize((await stat(join(path, 'data.mdb'))).size)

  const small: Promise<string>[] = []
  const big: Promise<string>[] = []
  for (let round = 1; round <= ROUNDS; round++) {
    small.push(outcome(put('aside', 1000 + round, Buffer.alloc(10))))
    // The big one comes in the same turn, or up to three later, when the small one is seen but perhaps not yet flushed.
    for (let turn = 0; turn < round % 4; turn++) await nextTurn()
    big.push(outcome(put('events', round, TOO_BIG)))
    if (round % 3 === 0) await Promise.all([...small, ...big])
  }
  expect(new Set(await Promise.all(big))).toEqual(new Set(['not stored']))
  const told = await Promise.all(small)
  const found = told.map((_, index) => (environment.aside.get(1001 + index) ? 'stored' : 'not stored'))
  expect(told).toEqual(found)
  expect(new Set(told)).toEqual(new Set(['stored', 'not stored']))

  // What only removes has room that is kept for it, or nothing could ever make some.
  expect(await outcome(environment.commit((writes) => writes.remove(environment.aside, 1)))).toBe('stored')
  expect(environment.aside.get(1)).toBeUndefined()

  limitFileSize('unlimited')
  await put('events', 1, TOO_BIG)
  expect(environment.events.get(1)?.byteLength).toBe(TOO_BIG.byteLength)
  expect(ends).toEqual([])
})
