import { Hono } from 'hono'
import { OAuthError } from '../api/rest-error.ts'
import type { Directory } from '../directory.ts'
import { ACCOUNT, OTHER_ACCOUNT } from '../people.ts'
import { renderSignInPage, renderSignInProblem } from '../phone/pages/sign-in.ts'
import { APPS, type App } from './apps.ts'
import type { AuthorizationCodes, CodeRequest } from './authorization-codes.ts'
import { readForm } from './read-form.ts'

/** The sign-in page: whoever presses a person's button is that person, and goes back to the app with a code. */
export function createAuthorizeRoutes({ codes, directory }: { codes: AuthorizationCodes; directory: Directory }): Hono {
  const routes = new Hono()
  const choices = () =>
    [ACCOUNT, OTHER_ACCOUNT].flatMap(({ id }) => directory.people(id)).filter((one) => one.canSignIn)

  routes.get('/restapi/oauth/authorize', (c) => {
    const query = new URL(c.req.url).searchParams
    const problem = findProblem(query)
    if (problem !== undefined) return c.html(renderSignInProblem(problem), 400)
    const refusal = refuse(query)
    if (refusal !== undefined) return c.redirect(redirectWith(query, refusal))
    return c.html(renderSignInPage(query, choices()))
  })

  // The page's form sends the whole request back with the person who was chosen, or with none.
  routes.post('/restapi/oauth/authorize', async (c) => {
    const form = await readForm(c)
    const problem = findProblem(form)
    if (problem !== undefined) return c.html(renderSignInProblem(problem), 400)
    const refusal = refuse(form)
    if (refusal !== undefined) return c.redirect(redirectWith(form, refusal))
    const person = choices().find((one) => one.extensionId === form.get('person'))
    if (person === undefined || !directory.isEnabled(person.extensionId)) {
      return c.redirect(
        redirectWith(form, { error: 'access_denied', error_description: 'The person refused to sign in' }),
      )
    }
    return c.redirect(redirectWith(form, { code: codes.issue(toCodeRequest(form), person) }))
  })

  return routes
}

function findApp(request: URLSearchParams): App | undefined {
  return APPS.find((app) => app.clientId === request.get('client_id'))
}

/** What makes it unsafe to send the browser back at all, in words for the person who looks at the page. */
function findProblem(request: URLSearchParams): string | undefined {
  if (findApp(request) === undefined) return 'No app is registered under this client id.'
  if (!isSafeRedirect(request.get('redirect_uri') ?? '')) {
    return 'The redirect address should be https, or http on this machine.'
  }
  return undefined
}

function isSafeRedirect(redirectUri: string): boolean {
  if (!URL.canParse(redirectUri)) return false
  const { protocol, hostname, hash } = new URL(redirectUri)
  if (hash !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
}

/** What is wrong with the request itself; the client is told by a redirect. */
function refuse(request: URLSearchParams): { error: string; error_description: string } | undefined {
  if (request.get('response_type') !== 'code') {
    return { error: 'unsupported_response_type', error_description: 'response_type should be code' }
  }
  if (request.has('code_challenge') && request.get('code_challenge_method') !== 'S256') {
    return { error: 'invalid_request', error_description: 'code_challenge_method should be S256' }
  }
  return undefined
}

function toCodeRequest(request: URLSearchParams): CodeRequest {
  const app = findApp(request)
  if (app === undefined) throw new OAuthError(401, 'invalid_client', 'OAU-120', 'Wrong Application ID')
  return {
    app,
    redirectUri: request.get('redirect_uri') ?? '',
    codeChallenge: request.get('code_challenge') ?? undefined,
  }
}

function redirectWith(request: URLSearchParams, answer: Readonly<Record<string, string>>): string {
  const target = new URL(request.get('redirect_uri') ?? '')
  for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value)
  const state = request.get('state')
  if (state !== null) target.searchParams.set('state', state)
  return target.href
}
