import { cp, mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashFiles } from './build.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-sources-'))
  await mkdir(join(folder, 'shared/call'), { recursive: true })
  await writeFile(join(folder, 'shared/call/state.ts'), 'one')
  await writeFile(join(folder, 'shared/time.ts'), 'two')
  await writeFile(join(folder, 'README.md'), 'three')
})
afterEach(() => rm(folder, { recursive: true }))

const hash = () => hashFiles(folder, ['shared/**', 'wxt.config.ts'])

describe('what the extension is built from', () => {
  it.each<[change: string, make: () => Promise<unknown>]>([
    ['a file says something else', () => writeFile(join(folder, 'shared/call/state.ts'), 'on')],
    ['a file has another name', () => rename(join(folder, 'shared/time.ts'), join(folder, 'shared/times.ts'))],
    ['a file is in another folder', () => rename(join(folder, 'shared/time.ts'), join(folder, 'shared/call/time.ts'))],
    ['a file is gone', () => rm(join(folder, 'shared/time.ts'))],
    ['there is one more', () => writeFile(join(folder, 'wxt.config.ts'), '')],
  ])('is something else when %s', async (_change, make) => {
    const before = hash()
    await make()
    expect(hash()).not.toBe(before)
  })

  it('is the same when only its times, or other files, or the place of all of it have changed', async () => {
    const before = hash()
    await utimes(join(folder, 'shared/time.ts'), 1, 1)
    await writeFile(join(folder, 'README.md'), 'four')
    expect(hash()).toBe(before)
    const copy = await mkdtemp(join(tmpdir(), 'ringside-sources-'))
    await cp(folder, copy, { recursive: true })
    expect(hashFiles(copy, ['shared/**', 'wxt.config.ts'])).toBe(before)
    await rm(copy, { recursive: true })
  })
})
