import * as v from 'valibot'
import { ringCentralTokens } from '../ringcentral/sign-in.ts'
import { type Login, lastSeenAtMs } from './login.ts'
import type { TokenCipher } from './token-cipher.ts'

/** Records of logins begin with this. */
export const LOGIN_PREFIX = 'session/'

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
export interface KeptLogin {
  readonly login: Login
  readonly text: string
  /** Its tokens as they are in that record; `null` where there are none, or the key does not open them. */
  readonly sealedTokens: string | null
}

/** Logins as records, their tokens encrypted. */
export interface LoginCodec {
  /** Throws for what is no record of a login. */
  decode(text: string): KeptLogin
  /** The record of a login; tokens that are those of the login before it stay sealed as they are. */
  encode(login: Login, before?: KeptLogin): KeptLogin
}

export function createLoginCodec(cipher: TokenCipher): LoginCodec {
  const seal = (tokens: Login['tokens']): string | null =>
    tokens === undefined ? null : cipher.encrypt(JSON.stringify(tokens))

  return {
    decode(text) {
      const { sealedTokens, signedInAtMs, ...facts } = v.parse(stored, JSON.parse(text))
      const opened = sealedTokens === null ? undefined : cipher.decrypt(sealedTokens)
      const login = {
        ...facts,
        signedInAtMs: signedInAtMs ?? lastSeenAtMs(facts),
        tokens: opened === undefined ? undefined : v.parse(ringCentralTokens, JSON.parse(opened)),
      }
      return { login, text, sealedTokens: opened === undefined ? null : sealedTokens }
    },
    encode(login, before) {
      const { tokens, ...facts } = login
      const sealedTokens = before?.login.tokens === tokens ? (before?.sealedTokens ?? null) : seal(tokens)
      return { login, sealedTokens, text: JSON.stringify({ ...facts, sealedTokens }) }
    },
  }
}

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
