import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { createSelfSigned } from '../../support/self-signed.ts'
import { findPage } from './pages.ts'

/** Pages made like those of the CRMs that are known by name, at their addresses. */
export interface KnownCrms {
  /** For the command line of a browser: it then finds every CRM here, and nothing of the sort anywhere else. */
  readonly browserArgs: readonly string[]
  close(): Promise<void>
}

/** The ends of the hosts that are served here. */
const HOSTS = [
  'force.com',
  'salesforce.com',
  'hubspot.com',
  'zendesk.com',
  'pipedrive.com',
  'zoho.com',
  'dynamics.com',
  'freshdesk.com',
]

/** On a port of 127.0.0.1 that is free. */
export async function startKnownCrms(): Promise<KnownCrms> {
  const answer = getRequestListener(async (request) => {
    const page = findPage(new URL(request.url))
    const headers = { 'content-type': 'text/html; charset=utf-8' }
    return new Response(page ?? 'There is no such page.', { status: page === undefined ? 404 : 200, headers })
  })
  const server = createServer(createSelfSigned(), answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const rules = HOSTS.flatMap((host) => [`MAP ${host} 127.0.0.1:${port}`, `MAP *.${host} 127.0.0.1:${port}`])
  return {
    browserArgs: [`--host-resolver-rules=${rules.join(', ')}`, '--ignore-certificate-errors'],
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}
