import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'

/** `.env` as programs write it. What the relay says of a setting tells whether it was read; it has too few to start. */

const main = fileURLToPath(new URL('../../relay/main.ts', import.meta.url))

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-env-'))
})
afterEach(() => rm(folder, { recursive: true }))

function startIn(): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  const env = { PATH: process.env.PATH, RELAY_HOST: 'from the environment' }
  execFile(process.execPath, [main], { cwd: folder, env }, (_error, _stdout, stderr) => resolve(stderr))
  return promise
}

const text = 'RINGCENTRAL_CLIENT_ID=client\r\nRELAY_PORT="x"\r\nRELAY_HOST=127.0.0.1\r\n'

it.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
  ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16, the other way round', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
])('%s', async (_name, bytes) => {
  await writeFile(join(folder, '.env'), bytes)
  const said = await startIn()
  expect(said).toContain('RINGCENTRAL_JWT is missing')
  expect(said).toContain('RELAY_PORT should be')
  expect(said).not.toContain('RINGCENTRAL_CLIENT_ID')
  // What is set in the environment stays.
  expect(said).toContain('RELAY_HOST should be')
})

it('a folder, as container engines make one where a file is missing', async () => {
  await mkdir(join(folder, '.env'))
  expect(await startIn()).toBe('.env should be a file that the relay may read, but it is a folder.\n')
})

it('none', async () => {
  expect(await startIn()).toContain('RINGCENTRAL_CLIENT_ID is missing')
})
