import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'

/** The OAuth side of a stand-in: access tokens that expire, refresh tokens of which each is good once. */
export interface Tokens {
  /** An access token with its refresh token, as after somebody has agreed. */
  grant(): { readonly accessToken: string; readonly refreshToken: string }
  isValid(credential: string | undefined): boolean
  /** Access tokens are refused from now on; refresh tokens live on. */
  expire(): void
  /** Whether a refresh token was used twice: by then everything that came of it is refused. */
  wasReused(): boolean
  answer(c: Context): Promise<Response>
}

export function createTokens(key: string): Tokens {
  const access = new Set<string>()
  const refresh = new Set<string>()
  const spent = new Set<string>()
  let isReused = false

  const grant = () => {
    const pair = { accessToken: `access-${randomUUID()}`, refreshToken: `refresh-${randomUUID()}` }
    access.add(pair.accessToken)
    refresh.add(pair.refreshToken)
    return pair
  }

  return {
    grant,
    isValid: (credential) => credential !== undefined && (credential === key || access.has(credential)),
    expire: () => access.clear(),
    wasReused: () => isReused,
    async answer(c) {
      const form = await c.req.parseBody()
      const token = String(form.refresh_token)
      if (spent.has(token)) {
        isReused = true
        access.clear()
        refresh.clear()
      }
      if (form.grant_type !== 'refresh_token' || !refresh.delete(token)) return c.json({ error: 'invalid_grant' }, 400)
      spent.add(token)
      const { accessToken, refreshToken } = grant()
      return c.json({
        access_token: accessToken,
        refresh_token: refreshToken,
        token_type: 'Bearer',
        expires_in: 3600,
      })
    },
  }
}
