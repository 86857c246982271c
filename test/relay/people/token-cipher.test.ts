import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTokenCipher, loadCipherKey } from '../../../relay/people/token-cipher.ts'

describe('the cipher', () => {
  const cipher = createTokenCipher(new Uint8Array(32).fill(1))

  it('reads what it wrote, and writes the same text differently each time', () => {
    const sealed = cipher.encrypt('{"a":"ключ"}')
    expect(cipher.decrypt(sealed)).toBe('{"a":"ключ"}')
    expect(cipher.encrypt('{"a":"ключ"}')).not.toBe(sealed)
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('"a"')
  })

  it.each<[what: string, sealed: () => string]>([
    ['another key', () => createTokenCipher(new Uint8Array(32)).encrypt('text')],
    ['a changed byte', () => flipLastByte(cipher.encrypt('text'))],
    ['too few bytes', () => 'AAAA'],
    ['nothing', () => ''],
  ])('does not read what has %s', (_what, sealed) => {
    expect(cipher.decrypt(sealed())).toBeUndefined()
  })
})

describe('the key', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ringside-key-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('is made of the secret, the same each time', async () => {
    const key = await loadCipherKey('a secret of thirty-two characters', folder)
    expect(key).toHaveLength(32)
    expect(await loadCipherKey('a secret of thirty-two characters', folder)).toEqual(key)
    expect(await loadCipherKey('another one of thirty-two letters', folder)).not.toEqual(key)
  })

  it('is in a file that only its owner may read, whatever mode a backup came back with', async () => {
    const path = join(folder, 'token.key')
    const key = await loadCipherKey(undefined, folder)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    await chmod(path, 0o644)
    expect(await loadCipherKey(undefined, folder)).toEqual(key)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  })

  it('is kept in a file without one', async () => {
    const key = await loadCipherKey(undefined, folder)
    expect(key).toHaveLength(32)
    expect(await loadCipherKey(undefined, folder)).toEqual(key)
  })

  it('is refused in a sentence when the file is cut', async () => {
    await writeFile(join(folder, 'token.key'), 'short')
    await expect(loadCipherKey(undefined, folder)).rejects.toThrow(/^The key file .* should hold 32 bytes/)
  })
})

function flipLastByte(sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64')
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
  return bytes.toString('base64')
}
