import { Hono } from 'hono'
import { describeRestParty, describeRestSession } from './call-answers.ts'
import type { CountAs } from './count-as.ts'
import type { CallFinder } from './find-call.ts'
import { notFound } from './rest-error.ts'
import type { Needs, RestEnv } from './rest-session.ts'

/** The state of a session and of its parties. Mounted below an account's `telephony`. */
export function createSessionRoutes(find: CallFinder, options: { countAs: CountAs; needs: Needs }): Hono<RestEnv> {
  const { countAs, needs } = options
  const routes = new Hono<RestEnv>()

  routes.get('/sessions/:telephonySessionId', countAs('Light'), needs('CallControl'), (c) =>
    c.json(describeRestSession(find.session(c.get('login').person, c.req.param('telephonySessionId')))),
  )

  routes.get('/sessions/:telephonySessionId/parties/:partyId', countAs('Light'), needs('CallControl'), (c) => {
    const session = find.session(c.get('login').person, c.req.param('telephonySessionId'))
    const party = session.parties.find(({ id }) => id === c.req.param('partyId'))
    if (party === undefined) throw notFound('partyId')
    return c.json(describeRestParty(party))
  })

  return routes
}
