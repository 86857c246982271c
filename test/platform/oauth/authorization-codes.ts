import { createHash } from 'node:crypto'
import { SECOND_MS } from '../../../shared/time.ts'
import { OAuthError } from '../api/rest-error.ts'
import { newSecret } from '../calls/ids.ts'
import type { Person } from '../people.ts'
import type { App } from './apps.ts'

const CODE_LIFE_MS = 60 * SECOND_MS

export interface CodeRequest {
  readonly app: App
  readonly redirectUri: string
  /** The S256 challenge of PKCE; `undefined` when the client asked without. */
  readonly codeChallenge: string | undefined
}

export interface AuthorizationCodes {
  issue(request: CodeRequest, person: Person): string
  /** Who gave a code that has not been tried. */
  ownerOf(code: string): Person | undefined
  /** The person who gave the code; throws an {@link OAuthError} when it does not work. A code that was tried is spent. */
  redeem(attempt: { code: string; app: App; redirectUri: string; codeVerifier: string | undefined }): Person
}

export function createAuthorizationCodes(options: { nowMs: () => number }): AuthorizationCodes {
  const { nowMs } = options
  const issued = new Map<string, CodeRequest & { readonly person: Person; readonly expiresAtMs: number }>()
  return {
    issue(request, person) {
      const code = newSecret()
      issued.set(code, { ...request, person, expiresAtMs: nowMs() + CODE_LIFE_MS })
      return code
    },
    ownerOf: (code) => issued.get(code)?.person,
    redeem({ code, app, redirectUri, codeVerifier }) {
      const grant = issued.get(code)
      issued.delete(code)
      if (grant === undefined) throw invalidGrant('OAU-106', 'Invalid authorization code')
      if (nowMs() >= grant.expiresAtMs) throw invalidGrant('OAU-108', 'Authorization code is expired')
      if (grant.redirectUri !== redirectUri) throw invalidGrant('OAU-109', 'Redirect URIs do not match')
      if (grant.app !== app) throw invalidGrant('OAU-110', 'Authorization code was not issued for this application')
      if (!verifies(grant.codeChallenge, codeVerifier)) {
        throw invalidGrant('OAU-106', 'Invalid authorization code: code_verifier does not match the code_challenge')
      }
      return grant.person
    },
  }
}

export function invalidGrant(errorCode: string, description: string): OAuthError {
  return new OAuthError(400, 'invalid_grant', errorCode, description)
}

function verifies(codeChallenge: string | undefined, codeVerifier: string | undefined): boolean {
  if (codeChallenge === undefined) return codeVerifier === undefined
  if (codeVerifier === undefined) return false
  return createHash('sha256').update(codeVerifier).digest('base64url') === codeChallenge
}
