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
  /** The login of a token that is still valid. One that is not known here may have been made by another relay just now. */
  find(token: string): Promise<Login | undefined>
  /** The same, by what is kept in the token's place, as far as it is known here. */
  findByHash(tokenHash: string): Login | undefined
  /** The login as it is kept, whichever relay changed it last; `undefined` when it is kept no more. */
  readAgain(tokenHash: string): Promise<Login | undefined>
  /** Begins the life of a login again: when it ends now, and when that is kept, or that it was removed meanwhile (`undefined`). */
  extend(login: Login): { readonly expiresAtMs: number; readonly kept: Promise<Login | undefined> }
  /** Changes a login; `undefined` when it is not there or was removed meanwhile, and then it stays removed. */
  change(tokenHash: string, changes: Partial<Omit<Login, 'tokenHash'>>): Promise<Login | undefined>
  /** From this call on the token is not valid; resolves when it would not be after a restart either. */
  remove(tokenHash: string): Promise<void>
  /** Tries again to remove from the disk what it did not let go. */
  finishRemovals(): Promise<void>
  all(): readonly Login[]
  /** Calls `listener` with the hash of a token that another relay has made invalid. */
  onRemovedElsewhere(listener: (tokenHash: string) => void): void
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

/** A login, and the record that it was read from, or written as. */
interface Kept {
  readonly login: Login
  readonly text: string
}

/**
 * All logins are held in memory, as they are kept. A change replaces the record that it was made from, and is made again from
 * another that somebody has put in its place; where there is none the login was removed, and stays so.
 */
export async function createLogins(dependencies: {
  records: Records
  cipher: TokenCipher
  time: Pick<ConfirmedTime, 'nowMs' | 'earliestMs'>
}): Promise<Logins> {
  const { records, cipher, time } = dependencies
  const live = new Map<string, Kept>()
  /** Removed, but still kept. */
  const unremoved = new Set<string>()
  const listeners: ((tokenHash: string) => void)[] = []
  for (const text of await records.list(LOGIN_PREFIX)) {
    const login = decode(text)
    live.set(login.tokenHash, { login, text })
  }
  records.onChangedElsewhere((key, text) => {
    if (key.startsWith(LOGIN_PREFIX)) note(key.slice(LOGIN_PREFIX.length), text)
  })

  /** Takes in a login as it is kept; `undefined` when it is not. */
  function note(tokenHash: string, text: string | undefined): Login | undefined {
    if (text === undefined) {
      if (live.delete(tokenHash)) for (const listener of listeners) listener(tokenHash)
      return undefined
    }
    if (unremoved.has(tokenHash)) return undefined
    const known = live.get(tokenHash)
    const login = known?.text === text ? known.login : decode(text)
    live.set(tokenHash, { login, text })
    return login
  }

  const readAgain = async (tokenHash: string): Promise<Login | undefined> =>
    note(tokenHash, await records.get(LOGIN_PREFIX + tokenHash))

  function decode(text: string): Login {
    const { sealedTokens, signedInAtMs, ...login } = v.parse(stored, JSON.parse(text))
    const opened = sealedTokens === null ? undefined : cipher.decrypt(sealedTokens)
    return {
      ...login,
      signedInAtMs: signedInAtMs ?? lastSeenAtMs(login),
      tokens: opened === undefined ? undefined : v.parse(ringCentralTokens, JSON.parse(opened)),
    }
  }

  function encode({ tokens, ...facts }: Login): string {
    const sealedTokens = tokens === undefined ? null : cipher.encrypt(JSON.stringify(tokens))
    return JSON.stringify({ ...facts, sealedTokens })
  }

  async function change(tokenHash: string, changes: Partial<Login>): Promise<Login | undefined> {
    for (let kept = live.get(tokenHash); kept !== undefined; kept = live.get(tokenHash)) {
      const login = { ...kept.login, ...changes }
      const text = encode(login)
      if (await records.replace(LOGIN_PREFIX + tokenHash, kept.text, text)) {
        const now = live.get(tokenHash)
        // Removed meanwhile, or changed once more after this.
        if (now === undefined) return undefined
        if (now.text === kept.text) live.set(tokenHash, { login, text })
        return login
      }
      if (live.get(tokenHash)?.text === kept.text) await readAgain(tokenHash)
    }
    return undefined
  }

  async function remove(tokenHash: string): Promise<void> {
    live.delete(tokenHash)
    unremoved.add(tokenHash)
    await records.remove(LOGIN_PREFIX + tokenHash)
    unremoved.delete(tokenHash)
  }

  const keepValid = (login: Login | undefined): Login | undefined =>
    login !== undefined && login.expiresAtMs > time.earliestMs() ? login : undefined

  async function find(token: string): Promise<Login | undefined> {
    const tokenHash = hashToken(token)
    return keepValid(live.get(tokenHash)?.login ?? (await readAgain(tokenHash)))
  }

  return {
    async create({ accountId, extensionId, name, homeCountry }, tokens) {
      const token = randomBytes(32).toString('base64url')
      const nowMs = time.nowMs()
      const tokenHash = hashToken(token)
      const identity = { accountId, extensionId, name, homeCountry }
      const expiresAtMs = nowMs + TOKEN_LIFE_MS
      const login = { ...identity, tokenHash, signedInAtMs: nowMs, expiresAtMs, checkedAtMs: nowMs, tokens }
      const text = encode(login)
      await records.put(LOGIN_PREFIX + tokenHash, text)
      live.set(tokenHash, { login, text })
      return { token, login }
    },
    find,
    findByHash: (tokenHash) => keepValid(live.get(tokenHash)?.login),
    readAgain,
    extend: (login) => {
      // A clock that is behind must not bring its end nearer.
      const expiresAtMs = Math.max(login.expiresAtMs, time.nowMs() + TOKEN_LIFE_MS)
      return { expiresAtMs, kept: change(login.tokenHash, { expiresAtMs }) }
    },
    change,
    remove,
    async finishRemovals() {
      for (const tokenHash of unremoved) await remove(tokenHash)
    },
    all: () => Array.from(live.values(), ({ login }) => login),
    onRemovedElsewhere: (listener) => void listeners.push(listener),
  }
}

/** Records of logins begin with this. */
export const LOGIN_PREFIX = 'session/'

/**
 * The record of a login with its tokens encrypted with another key: those that `from`, whichever of them it was, can open. The login stays
 * when none can, and its owner signs in again when RingCentral is to do something for them.
 */
export function resealLogin(text: string, from: readonly TokenCipher[], to: TokenCipher): string {
  const { sealedTokens, ...facts } = v.parse(stored, JSON.parse(text))
  const opened = sealedTokens === null ? undefined : openWithAny(sealedTokens, from)
  return JSON.stringify({ ...facts, sealedTokens: opened === undefined ? null : to.encrypt(opened) })
}

function openWithAny(sealed: string, ciphers: readonly TokenCipher[]): string | undefined {
  for (const cipher of ciphers) {
    const opened = cipher.decrypt(sealed)
    if (opened !== undefined) return opened
  }
  return undefined
}

/** What is stored and compared in a token's place. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
