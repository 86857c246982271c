import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { extensionCors } from '../../../relay/http/cors.ts'
import { respondProblem } from '../../../relay/http/problem.ts'
import { EXTENSION_ID } from '../../../shared/extension-key.ts'

const app = new Hono()
app.use('/*', extensionCors({ extensionIds: [EXTENSION_ID] }))
app.get('/fine', (c) => c.json({}))
app.get('/refused', (c) => respondProblem(c, { status: 401, code: 'unauthorised', detail: 'No.' }))

const OWN = `chrome-extension://${EXTENSION_ID}`

it.each<[method: string, path: string, origin: string | undefined, status: number, allowed: string | null]>([
  ['GET', '/fine', OWN, 200, OWN],
  ['GET', '/refused', OWN, 401, OWN],
  ['GET', '/nowhere', OWN, 404, OWN],
  ['OPTIONS', '/fine', OWN, 204, OWN],
  ['GET', '/fine', 'https://crm.example', 200, null],
  ['OPTIONS', '/fine', 'https://crm.example', 204, null],
  ['GET', '/fine', `chrome-extension://${'a'.repeat(32)}`, 200, null],
  ['GET', '/fine', undefined, 200, null],
])('%s %s from %s: %i, readable by %s', async (method, path, origin, status, allowed) => {
  const response = await app.request(path, { method, headers: origin === undefined ? {} : { origin } })
  expect(response.status).toBe(status)
  expect(response.headers.get('access-control-allow-origin')).toBe(allowed)
  expect(response.headers.get('vary')).toContain('Origin')
  // Without it the extension could not tell how long to wait.
  expect(response.headers.get('access-control-expose-headers')).toBe(allowed === null ? null : 'retry-after')
  const isPreflight = method === 'OPTIONS' && allowed !== null
  expect(response.headers.get('access-control-allow-methods')).toBe(isPreflight ? 'GET, POST, DELETE' : null)
  expect(response.headers.get('access-control-allow-headers')).toBe(isPreflight ? 'authorization, content-type' : null)
})
