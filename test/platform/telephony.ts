import { Hono } from 'hono'
import type { CountAs } from './rate-limits.ts'
import { notFound } from './rest-error.ts'
import type { RestEnv } from './rest-session.ts'
import type { Session, Sessions } from './sessions.ts'

/** The state of a session, for those who take part in it or see the whole account. Mounted below an account's path. */
export function createTelephonyRoutes(sessions: Sessions, countAs: CountAs): Hono<RestEnv> {
  const routes = new Hono<RestEnv>()
  routes.get('/sessions/:telephonySessionId', countAs('Light'), (c) => {
    const { person } = c.get('login')
    const session = sessions.find(c.req.param('telephonySessionId'))
    const mayRead =
      session?.accountId === person.accountId &&
      (person.isAdministrator || session.parties.some(({ extensionId }) => extensionId === person.extensionId))
    if (session === undefined || !mayRead) throw notFound('telephonySessionId')
    return c.json(describe(session))
  })
  return routes
}

/** The answer has no sequence number, no legacy id and no times per state: the real one has none either. */
function describe({ telephonySessionId, creationTime, origin, parties }: Session) {
  return {
    id: telephonySessionId,
    creationTime,
    origin,
    parties: parties.map((party) => ({
      ...party,
      owner: { accountId: party.accountId, ...(party.extensionId && { extensionId: party.extensionId }) },
    })),
  }
}
