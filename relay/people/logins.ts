import { createHash, randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { DAY_MS } from '../../shared/time.ts'
import type { ConfirmedTime } from '../confirmed-time.ts'
import type { Records } from '../log/records.ts'
import { type RingCentralTokens, ringCentralTokens } from '../ringcentral/sign-in.ts'
import type { Identity } from '../ringcentral/who-is.ts'
import type { TokenCipher } from './token-cipher.ts'

/** One person who is signed in on one browser. The relay's token itself is not kept, only its SHA-256. */
export interface Login extends Identity {
  readonly tokenHash: string
  /** When they signed in; ms since the epoch, relay's clock, as are the others. */
  readonly signedInAtMs: number
  readonly expiresAtMs: number
  /** When RingCentral last confirmed who this is. */
  readonly checkedAtMs: number
  /** For requests as this person; `undefined` when RingCentral does not take them any more. */
  readonly tokens: RingCentralTokens | undefined
}

export interface Logins {
  /** Signs in; the token is told this once. */
  create(identity: Identity, tokens: RingCentralTokens): Promise<{ token: string; login: Login }>
  /** The login of a token that is still valid. */
  find(token: string): Login | undefined
  /** The same, by what is kept in the token's place. */
  findByHash(tokenHash: string): Login | undefined
  /** The same, with its life begun again. */
  extend(token: string): Promise<Login | undefined>
  /** Changes a login; `undefined` when it is not there or was removed meanwhile, and then it stays removed. */
  change(tokenHash: string, changes: Partial<Omit<Login, 'tokenHash'>>): Promise<Login | undefined>
  /** From this call on the token is not valid; resolves when it would not be after a restart either. */
  remove(tokenHash: string): Promise<void>
  /** Tries again to remove from the disk what it did not let go. */
  finishRemovals(): Promise<void>
  all(): readonly Login[]
}

/** A relay token's life, from the last hello. */
export const TOKEN_LIFE_MS = 30 * DAY_MS

/** When this browser last said hello, or signed in; ms since the epoch. */
export function lastSeenAtMs({ expiresAtMs }: Pick<Login, 'expiresAtMs'>): number {
  return expiresAtMs - TOKEN_LIFE_MS
}

const stored = v.object({
  tokenHash: v.string(),
  accountId: v.string(),
  extensionId: v.string(),
  name: v.string(),
  /** Absent in older records, until the person is checked. */
  homeCountry: v.optional(v.string()),
  /** Absent in older records. */
  signedInAtMs: v.optional(v.number()),
  expiresAtMs: v.number(),
  checkedAtMs: v.number(),
  sealedTokens: v.nullable(v.string()),
})

/**
 * All logins are held in memory, so that whether one is still there is decided in one turn: a login that is extended
 * while it is removed stays removed.
 */
export async function createLogins(dependencies: {
  records: Records
  cipher: TokenCipher
  time: Pick<ConfirmedTime, 'nowMs' | 'earliestMs'>
}): Promise<Logins> {
  const { records, cipher, time } = dependencies
  const live = new Map<string, Login>()
  /** Removed, but still on the disk. */
  const unremoved = new Set<string>()
  for (const text of await records.list(KEY_PREFIX)) {
    const login = decode(text)
    live.set(login.tokenHash, login)
  }

  function decode(text: string): Login {
    const { sealedTokens, signedInAtMs, ...login } = v.parse(stored, JSON.parse(text))
    const opened = sealedTokens === null ? undefined : cipher.decrypt(sealedTokens)
    return {
      ...login,
      signedInAtMs: signedInAtMs ?? lastSeenAtMs(login),
      tokens: opened === undefined ? undefined : v.parse(ringCentralTokens, JSON.parse(opened)),
    }
  }

  function save(login: Login): Promise<void> {
    live.set(login.tokenHash, login)
    const { tokens, ...facts } = login
    const sealedTokens = tokens === undefined ? null : cipher.encrypt(JSON.stringify(tokens))
    return records.put(KEY_PREFIX + login.tokenHash, JSON.stringify({ ...facts, sealedTokens }))
  }

  async function change(tokenHash: string, changes: Partial<Login>): Promise<Login | undefined> {
    const login = live.get(tokenHash)
    if (login === undefined) return undefined
    const changed = { ...login, ...changes }
    await save(changed)
    return live.has(tokenHash) ? changed : undefined
  }

  async function remove(tokenHash: string): Promise<void> {
    live.delete(tokenHash)
    unremoved.add(tokenHash)
    await records.remove(KEY_PREFIX + tokenHash)
    unremoved.delete(tokenHash)
  }

  const findByHash = (tokenHash: string): Login | undefined => {
    const login = live.get(tokenHash)
    return login !== undefined && login.expiresAtMs > time.earliestMs() ? login : undefined
  }

  return {
    async create({ accountId, extensionId, name, homeCountry }, tokens) {
      const token = randomBytes(32).toString('base64url')
      const nowMs = time.nowMs()
      const tokenHash = hashToken(token)
      const identity = { accountId, extensionId, name, homeCountry }
      const expiresAtMs = nowMs + TOKEN_LIFE_MS
      const login = { ...identity, tokenHash, signedInAtMs: nowMs, expiresAtMs, checkedAtMs: nowMs, tokens }
      try {
        await save(login)
      } catch (error) {
        live.delete(tokenHash)
        throw error
      }
      return { token, login }
    },
    find: (token) => findByHash(hashToken(token)),
    findByHash,
    extend: async (token) => {
      const login = findByHash(hashToken(token))
      if (login === undefined) return undefined
      // A clock that is behind must not bring its end nearer.
      const expiresAtMs = Math.max(login.expiresAtMs, time.nowMs() + TOKEN_LIFE_MS)
      return change(login.tokenHash, { expiresAtMs })
    },
    change,
    remove,
    async finishRemovals() {
      for (const tokenHash of unremoved) await remove(tokenHash)
    },
    all: () => [...live.values()],
  }
}

const KEY_PREFIX = 'session/'

/** What is stored and compared in a token's place. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
