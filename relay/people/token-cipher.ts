import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Encrypts what is stored of people's RingCentral tokens, with AES-256-GCM. */
export interface TokenCipher {
  encrypt(text: string): string
  /** `undefined` for what was encrypted with another key or changed since. */
  decrypt(sealed: string): string | undefined
}

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_FILE = 'token.key'

/** The key made of `secret`, or else the one in the folder's key file, which is made when it is not there. */
export async function loadCipherKey(secret: string | undefined, folder: string): Promise<Uint8Array> {
  if (secret !== undefined) return new Uint8Array(hkdfSync('sha256', secret, '', 'ringside stored tokens', KEY_BYTES))
  const path = join(folder, KEY_FILE)
  try {
    await writeFile(path, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx', flush: true })
  } catch (error) {
    if (!isThere(error)) throw error
    // A backup that was put back may have come with the mode of any file.
    await chmod(path, 0o600)
  }
  const key = await readFile(path)
  if (key.length !== KEY_BYTES) {
    throw new Error(
      `The key file ${path} should hold ${KEY_BYTES} bytes: put its backup there, or remove it and let everybody sign in again.`,
    )
  }
  return key
}

/** A key of its own for another purpose: what was encrypted for one is nothing for the other. */
export function deriveKey(key: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, '', purpose, KEY_BYTES))
}

export function createTokenCipher(key: Uint8Array): TokenCipher {
  return {
    encrypt(text) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64')
    },
    decrypt(sealed) {
      const bytes = Buffer.from(sealed, 'base64')
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        })
        decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
        const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
        return text.toString('utf8')
      } catch {
        return undefined
      }
    },
  }
}

function isThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST'
}
