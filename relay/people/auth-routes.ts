import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { ROUTES } from '../../shared/protocol/http/routes.ts'
import { redeemBody, type TokenAnswer } from '../../shared/protocol/http/sign-in.ts'
import { formatInstant, MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import { respondPage } from '../http/page.ts'
import { respondProblem } from '../http/problem.ts'
import { requestAddress } from '../http/request-address.ts'
import type { TrustedProxies } from '../trusted-proxies.ts'
import { parseBearer, respondUnauthorised } from './require-person.ts'
import type { SignIn } from './sign-in.ts'

/** `/auth/…`: sign-in and sign-out over HTTP. What a person may see in a browser is a page, the rest problem+json. */
export function createAuthRoutes(signIn: SignIn, trustedProxies: TrustedProxies): Hono {
  const routes = new Hono()

  routes.get(ROUTES.signIn, async (c) => {
    const method = c.req.query('code_challenge_method') ?? 'S256'
    const begun =
      method === 'S256'
        ? await signIn.start(
            {
              redirectUri: c.req.query('redirect_uri') ?? '',
              state: c.req.query('state') ?? '',
              codeChallenge: c.req.query('code_challenge') ?? '',
            },
            requestAddress(c, trustedProxies),
          )
        : { fault: 'code_challenge_method should be S256.' }
    if (begun === 'tooMany') return respondTooMany(c)
    if ('fault' in begun) return respondPage(c, { title: 'Sign-in could not begin', text: begun.fault })
    return redirect(c, begun.location)
  })

  routes.get(ROUTES.signInCallback, async (c) => {
    const state = c.req.query('state') ?? ''
    const callback = { state, code: c.req.query('code'), error: c.req.query('error') }
    const location = await signIn.finish(callback, requestAddress(c, trustedProxies))
    if (location !== undefined) return redirect(c, location)
    return respondPage(c, {
      title: 'Sign-in could not be completed',
      text: 'This sign-in was finished already, or took longer than ten minutes. Close this window and sign in again from the extension.',
    })
  })

  routes.post(ROUTES.token, async (c) => {
    const body = v.safeParse(redeemBody, await readJson(c))
    if (!body.success) {
      return respondProblem(c, {
        status: 400,
        code: 'bad_request',
        detail: 'The body should be JSON with the texts code and code_verifier.',
      })
    }
    const signedIn = await signIn.redeem(body.output.code, body.output.code_verifier)
    if (signedIn === undefined) {
      return respondProblem(c, {
        status: 400,
        code: 'invalid_code',
        detail: 'The code should be used once, within a minute, with the verifier of the sign-in that it came from.',
      })
    }
    const { token, expiresAtMs, user } = signedIn
    const answer: TokenAnswer = { token, expiresAt: formatInstant(expiresAtMs), user }
    return c.json(answer, 200, { 'cache-control': 'no-store' })
  })

  routes.delete(ROUTES.token, async (c) => {
    const token = parseBearer(c.req.header('authorization'))
    if (token !== undefined && (await signIn.signOut(token))) return c.body(null, 204)
    return respondUnauthorised(c)
  })

  return routes
}

function respondTooMany(c: Context): Response {
  return respondPage(c, {
    status: 429,
    title: 'Sign-in could not begin',
    text: 'Too many sign-ins began within a minute. Close this window, wait a minute, and sign in again from the extension.',
    retryAfterS: MINUTE_MS / SECOND_MS,
  })
}

/** The address carries codes: no cache keeps it and no page is told of it. */
function redirect(c: Context, location: string): Response {
  return c.body(null, 302, { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
}

async function readJson(c: Context): Promise<unknown> {
  try {
    return await c.req.json()
  } catch {
    return undefined
  }
}
