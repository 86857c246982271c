import { createHash, randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { DAY_MS } from '../../shared/time.ts'
import type { ConfirmedTime } from '../confirmed-time.ts'
import type { Records } from '../log/records.ts'
import { type RingCentralTokens, ringCentralTokens } from '../ringcentral/sign-in.ts'
import type { Identity } from '../ringcentral/who-is.ts'
import type { TokenCipher } from './token-cipher.ts'

/** Somebody signed in on one browser. The relay's token itself is not kept, only its SHA-256. */
export interface Session extends Identity {
  readonly tokenHash: string
  /** When they signed in; ms since the epoch, relay's clock, as are the others. */
  readonly signedInAtMs: number
  readonly expiresAtMs: number
  /** When RingCentral last confirmed who this is. */
  readonly checkedAtMs: number
  /** For requests as this person; `undefined` when RingCentral does not take them any more. */
  readonly tokens: RingCentralTokens | undefined
}

export interface Sessions {
  /** Signs in; the token is told this once. */
  create(identity: Identity, tokens: RingCentralTokens): Promise<{ token: string; session: Session }>
  /** The session of a token that is still valid. */
  find(token: string): Session | undefined
  /** The same, by what is kept in the token's place. */
  findByHash(tokenHash: string): Session | undefined
  /** The same, with its life begun again. */
  extend(token: string): Promise<Session | undefined>
  /** Changes a session; `undefined` when it is not there or was removed meanwhile, and then it stays removed. */
  change(tokenHash: string, changes: Partial<Omit<Session, 'tokenHash'>>): Promise<Session | undefined>
  /** From this call on the token is not valid; resolves when it would not be after a restart either. */
  remove(tokenHash: string): Promise<void>
  /** Tries again to remove from the disk what it did not let go. */
  finishRemovals(): Promise<void>
  all(): readonly Session[]
}

/** A relay token's life, from the last hello. */
export const TOKEN_LIFE_MS = 30 * DAY_MS

/** When this browser last said hello, or signed in; ms since the epoch. */
export function lastSeenAtMs({ expiresAtMs }: Pick<Session, 'expiresAtMs'>): number {
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
 * All sessions are held in memory, so that whether one is still there is decided in one turn: a session that is extended
 * while it is removed stays removed.
 */
export async function createSessions(dependencies: {
  records: Records
  cipher: TokenCipher
  time: Pick<ConfirmedTime, 'nowMs' | 'earliestMs'>
}): Promise<Sessions> {
  const { records, cipher, time } = dependencies
  const live = new Map<string, Session>()
  /** Removed, but still on the disk. */
  const unremoved = new Set<string>()
  for (const text of await records.list(KEY_PREFIX)) {
    const session = decode(text)
    live.set(session.tokenHash, session)
  }

  function decode(text: string): Session {
    const { sealedTokens, signedInAtMs, ...session } = v.parse(stored, JSON.parse(text))
    const opened = sealedTokens === null ? undefined : cipher.decrypt(sealedTokens)
    return {
      ...session,
      signedInAtMs: signedInAtMs ?? lastSeenAtMs(session),
      tokens: opened === undefined ? undefined : v.parse(ringCentralTokens, JSON.parse(opened)),
    }
  }

  function save(session: Session): Promise<void> {
    live.set(session.tokenHash, session)
    const { tokens, ...facts } = session
    const sealedTokens = tokens === undefined ? null : cipher.encrypt(JSON.stringify(tokens))
    return records.put(KEY_PREFIX + session.tokenHash, JSON.stringify({ ...facts, sealedTokens }))
  }

  async function change(tokenHash: string, changes: Partial<Session>): Promise<Session | undefined> {
    const session = live.get(tokenHash)
    if (session === undefined) return undefined
    const changed = { ...session, ...changes }
    await save(changed)
    return live.has(tokenHash) ? changed : undefined
  }

  async function remove(tokenHash: string): Promise<void> {
    live.delete(tokenHash)
    unremoved.add(tokenHash)
    await records.remove(KEY_PREFIX + tokenHash)
    unremoved.delete(tokenHash)
  }

  const findByHash = (tokenHash: string): Session | undefined => {
    const session = live.get(tokenHash)
    return session !== undefined && session.expiresAtMs > time.earliestMs() ? session : undefined
  }

  return {
    async create({ accountId, extensionId, name, homeCountry }, tokens) {
      const token = randomBytes(32).toString('base64url')
      const nowMs = time.nowMs()
      const tokenHash = hashToken(token)
      const identity = { accountId, extensionId, name, homeCountry }
      const expiresAtMs = nowMs + TOKEN_LIFE_MS
      const session = { ...identity, tokenHash, signedInAtMs: nowMs, expiresAtMs, checkedAtMs: nowMs, tokens }
      try {
        await save(session)
      } catch (error) {
        live.delete(tokenHash)
        throw error
      }
      return { token, session }
    },
    find: (token) => findByHash(hashToken(token)),
    findByHash,
    extend: async (token) => {
      const session = findByHash(hashToken(token))
      if (session === undefined) return undefined
      // A clock that is behind must not bring its end nearer.
      const expiresAtMs = Math.max(session.expiresAtMs, time.nowMs() + TOKEN_LIFE_MS)
      return change(session.tokenHash, { expiresAtMs })
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
