import { createHash, randomBytes } from 'node:crypto'
import type { ConfirmedTime } from '../confirmed-time.ts'
import type { Records } from '../log/records.ts'
import type { RingCentralTokens } from '../ringcentral/sign-in.ts'
import type { Identity } from '../ringcentral/who-is.ts'
import { type Login, TOKEN_LIFE_MS } from './login.ts'
import { createLoginCodec, type KeptLogin, LOGIN_PREFIX } from './login-record.ts'
import type { TokenCipher } from './token-cipher.ts'

export interface Logins {
  /** Signs in; the token is told this once. */
  create(identity: Identity, tokens: RingCentralTokens): Promise<{ token: string; login: Login }>
  /** The login of a token that is still valid. One that is not known here may have been made by another relay just now. */
  find(token: string): Promise<Login | undefined>
  /** The same, by what is kept in the token's place, as far as it is known here. */
  findByHash(tokenHash: string): Login | undefined
  /** The login as it is kept, whichever relay changed it last; `undefined` when it is kept no more. */
  readAgain(tokenHash: string): Promise<Login | undefined>
  /** Begins the life of a login again. Who asks while the same login's new end is being written is given that one. */
  extend(login: Login): Extended
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

/** A life that began again. */
export interface Extended {
  readonly expiresAtMs: number
  /** Resolves when the new end is kept; with `undefined` when the login was removed meanwhile. */
  readonly kept: Promise<Login | undefined>
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
  const { records, time } = dependencies
  const { decode, encode } = createLoginCodec(dependencies.cipher)
  const live = new Map<string, KeptLogin>()
  /** Removed, but still kept. */
  const unremoved = new Set<string>()
  const listeners: ((tokenHash: string) => void)[] = []
  /** New ends that are being written, by token hash. */
  const extending = new Map<string, Extended>()
  for (const text of await records.list(LOGIN_PREFIX)) {
    const kept = decode(text)
    live.set(kept.login.tokenHash, kept)
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
    const kept = known?.text === text ? known : decode(text)
    live.set(tokenHash, kept)
    return kept.login
  }

  const readAgain = async (tokenHash: string): Promise<Login | undefined> =>
    note(tokenHash, await records.get(LOGIN_PREFIX + tokenHash))

  async function change(tokenHash: string, changes: Partial<Login>): Promise<Login | undefined> {
    for (let before = live.get(tokenHash); before !== undefined; before = live.get(tokenHash)) {
      const login = { ...before.login, ...changes }
      const after = encode(login, before)
      if (await records.replace(LOGIN_PREFIX + tokenHash, before.text, after.text)) {
        const now = live.get(tokenHash)
        // Removed meanwhile, or changed once more after this.
        if (now === undefined) return undefined
        if (now.text === before.text) live.set(tokenHash, after)
        return login
      }
      if (live.get(tokenHash)?.text === before.text) await readAgain(tokenHash)
    }
    return undefined
  }

  /** One write at a time: each of many would be made from a record that another has replaced by then, and be made again. */
  function extend({ tokenHash, expiresAtMs: before }: Login): Extended {
    const underWay = extending.get(tokenHash)
    if (underWay !== undefined) return underWay
    // A clock that is behind must not bring its end nearer.
    const expiresAtMs = Math.max(before, time.nowMs() + TOKEN_LIFE_MS)
    const kept = change(tokenHash, { expiresAtMs }).finally(() => extending.delete(tokenHash))
    const extended = { expiresAtMs, kept }
    extending.set(tokenHash, extended)
    return extended
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
      const kept = encode(login)
      await records.put(LOGIN_PREFIX + tokenHash, kept.text)
      live.set(tokenHash, kept)
      return { token, login }
    },
    find,
    findByHash: (tokenHash) => keepValid(live.get(tokenHash)?.login),
    readAgain,
    extend,
    change,
    remove,
    async finishRemovals() {
      for (const tokenHash of unremoved) await remove(tokenHash)
    },
    all: () => Array.from(live.values(), ({ login }) => login),
    onRemovedElsewhere: (listener) => void listeners.push(listener),
  }
}

/** What is stored and compared in a token's place. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
