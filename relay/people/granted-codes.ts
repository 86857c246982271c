import { randomBytes } from 'node:crypto'
import type { Clock } from '../../shared/clock.ts'
import { SECOND_MS } from '../../shared/time.ts'
import type { RingCentralTokens } from '../ringcentral/sign-in.ts'
import type { Person } from '../ringcentral/who-is.ts'
import { codeChallengeOf } from './pkce.ts'
import type { RevokeTokens } from './sign-out.ts'

/** Codes with which the extension fetches its token: each once, within a minute, and only with its verifier. */
export interface GrantedCodes {
  /** The code for a person who has signed in at RingCentral. */
  add(granted: Granted): string
  /** Whose the code is; `undefined` for one that is not known or comes with another verifier, and then it is spent. */
  redeem(code: string, codeVerifier: string): Omit<Granted, 'codeChallenge'> | undefined
  /** Gives back to RingCentral what nobody has fetched. */
  close(): void
}

export interface Granted {
  readonly person: Person
  readonly tokens: RingCentralTokens
  /** Of the verifier, which the extension keeps to itself until it redeems the code. */
  readonly codeChallenge: string
}

const CODE_LIFE_MS = 60 * SECOND_MS

export function createGrantedCodes(clock: Pick<Clock, 'after'>, revokeTokens: RevokeTokens): GrantedCodes {
  /** `keep` calls off giving the tokens back. */
  const codes = new Map<string, Granted & { readonly keep: () => void }>()
  return {
    add(granted) {
      const code = randomBytes(32).toString('base64url')
      const keep = clock.after(CODE_LIFE_MS, () => {
        codes.delete(code)
        revokeTokens(granted.tokens)
      })
      codes.set(code, { ...granted, keep })
      return code
    },
    redeem(code, codeVerifier) {
      const granted = codes.get(code)
      if (granted === undefined) return undefined
      codes.delete(code)
      granted.keep()
      if (codeChallengeOf(codeVerifier) === granted.codeChallenge) return granted
      revokeTokens(granted.tokens)
      return undefined
    },
    close() {
      for (const { tokens, keep } of codes.values()) {
        keep()
        revokeTokens(tokens)
      }
      codes.clear()
    },
  }
}
