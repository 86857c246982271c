import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import type { Clock } from '../../shared/clock.ts'
import { SECOND_MS } from '../../shared/time.ts'
import type { Shared } from '../log/storage.ts'
import { ringCentralTokens } from '../ringcentral/sign-in.ts'
import { hashToken } from './logins.ts'
import { codeChallengeOf } from './pkce.ts'
import type { RevokeTokens } from './sign-out.ts'
import type { TokenCipher } from './token-cipher.ts'

/** Codes with which the extension fetches its token: each once, within a minute, and only with its verifier, at any of the relays. */
export interface GrantedCodes {
  /** The code for a person who has signed in at RingCentral. */
  add(granted: Granted): Promise<string>
  /** Whose the code is; `undefined` for one that is not known or comes with another verifier, and then it is spent. */
  redeem(code: string, codeVerifier: string): Promise<Omit<Granted, 'codeChallenge'> | undefined>
  /** Gives back to RingCentral what nobody has fetched. */
  close(): Promise<void>
}

const granted = v.object({
  person: v.object({
    accountId: v.string(),
    extensionId: v.string(),
    name: v.string(),
    homeCountry: v.optional(v.string()),
    isEnabled: v.boolean(),
  }),
  tokens: ringCentralTokens,
  /** Of the verifier, which the extension keeps to itself until it redeems the code. */
  codeChallenge: v.string(),
})
export type Granted = v.InferOutput<typeof granted>

export interface GrantedCodesDependencies {
  readonly clock: Pick<Clock, 'after'>
  readonly shared: Pick<Shared, 'hand' | 'take'>
  /** Of its own: what is handed over is nothing for anybody else. */
  readonly cipher: TokenCipher
  readonly revokeTokens: RevokeTokens
}

const CODE_LIFE_MS = 60 * SECOND_MS
/** Who granted the code gives back what it was for; where they have died, it is forgotten. */
const KEPT_MS = 2 * CODE_LIFE_MS

export function createGrantedCodes({ clock, shared, cipher, revokeTokens }: GrantedCodesDependencies): GrantedCodes {
  /** Those of this relay, each with what calls off that it is given back. */
  const own = new Map<string, () => void>()

  async function take(code: string): Promise<Granted | undefined> {
    const sealed = await shared.take(keyOf(code))
    const text = sealed === undefined ? undefined : cipher.decrypt(sealed)
    return text === undefined ? undefined : v.parse(granted, JSON.parse(text))
  }

  async function giveBack(code: string): Promise<void> {
    own.get(code)?.()
    own.delete(code)
    // Where it can't be taken, it ends at RingCentral by itself.
    const unfetched = await take(code).catch(() => undefined)
    if (unfetched !== undefined) revokeTokens(unfetched.tokens)
  }

  return {
    async add(one) {
      const code = randomBytes(32).toString('base64url')
      await shared.hand(keyOf(code), cipher.encrypt(JSON.stringify(one)), KEPT_MS)
      own.set(
        code,
        clock.after(CODE_LIFE_MS, () => void giveBack(code)),
      )
      return code
    },
    async redeem(code, codeVerifier) {
      const found = await take(code)
      own.get(code)?.()
      own.delete(code)
      if (found === undefined) return undefined
      if (codeChallengeOf(codeVerifier) === found.codeChallenge) return found
      revokeTokens(found.tokens)
      return undefined
    },
    async close() {
      await Promise.all([...own.keys()].map(giveBack))
    },
  }
}

function keyOf(code: string): string {
  return `code ${hashToken(code)}`
}
