import { Hono } from 'hono'
import { formatInstant } from '../../../shared/time.ts'
import type { LiveCalls } from '../calls/live-calls.ts'
import { bridge, bringIn, openConference } from '../calls/steps/join.ts'
import { drop } from '../calls/steps/leave.ts'
import { pickUp } from '../calls/steps/park.ts'
import { callOut } from '../calls/steps/ring.ts'
import type { Directory } from '../directory.ts'
import { decodeBody, readJson } from './body.ts'
import { describeOpenedSession, describeRestParty } from './call-answers.ts'
import { bridgeBody, bringInBody, callOutBody, checkDevice, deviceBody, resolveCallee } from './control-bodies.ts'
import type { CountAs } from './count-as.ts'
import type { CallFinder } from './find-call.ts'
import type { Needs, RestEnv } from './rest-session.ts'

/** Opening, joining and ending whole sessions. Mounted below an account's `telephony`. */
export function createJoinRoutes(world: {
  readonly calls: LiveCalls
  readonly find: CallFinder
  readonly directory: Directory
  readonly countAs: CountAs
  readonly needs: Needs
  readonly nowMs: () => number
}): Hono<RestEnv> {
  const { calls, find, directory, countAs, needs, nowMs } = world
  const routes = new Hono<RestEnv>()

  routes.post('/call-out', countAs('Heavy'), needs('CallControl'), async (c) => {
    const { person } = c.get('login')
    const { from, to } = decodeBody(callOutBody, await readJson(c.req.raw))
    checkDevice(person, from.deviceId, 'from.deviceId')
    const callee = resolveCallee(to, directory)
    const session = calls.open('CallOut', person.accountId)
    callOut(session, person, callee)
    return c.json(describeOpenedSession(session, formatInstant(nowMs())), 201)
  })

  routes.post('/conference', countAs('Heavy'), needs('CallControl'), (c) => {
    const session = openConference(calls, c.get('login').person)
    return c.json(describeOpenedSession(session, formatInstant(nowMs())), 201)
  })

  routes.post('/sessions/:telephonySessionId/parties/bring-in', countAs('Light'), needs('CallControl'), async (c) => {
    const { person } = c.get('login')
    const conference = find.live(person, c.req.param('telephonySessionId'))
    const { sessionId, partyId } = decodeBody(bringInBody, await readJson(c.req.raw))
    const { session, party } = find.party(find.live(person, sessionId), partyId)
    const participant = bringIn(conference, { session, partyId: party.id }, person)
    return c.json(describeRestParty(conference.describe(participant)), 201)
  })

  routes.post(
    '/sessions/:telephonySessionId/parties/:partyId/bridge',
    countAs('Light'),
    needs('CallControl'),
    async (c) => {
      const { person } = c.get('login')
      const { session, party } = find.ownParty(person, c.req.param('telephonySessionId'), c.req.param('partyId'))
      const body = decodeBody(bridgeBody, await readJson(c.req.raw))
      const other = find.ownParty(person, body.telephonySessionId, body.partyId)
      bridge({ session, partyId: party.id }, { session: other.session, partyId: other.party.id })
      return c.json(describeRestParty(session.describe(party.id)))
    },
  )

  // A parked call is nobody's in particular: every colleague may take it.
  routes.post(
    '/sessions/:telephonySessionId/parties/:partyId/pickup',
    countAs('Light'),
    needs('CallControl'),
    async (c) => {
      const { person } = c.get('login')
      const { session, party } = find.party(
        find.anyLive(person, c.req.param('telephonySessionId')),
        c.req.param('partyId'),
      )
      const { deviceId } = decodeBody(deviceBody, await readJson(c.req.raw))
      checkDevice(person, deviceId)
      const taken = pickUp(calls, session, party.id, person)
      return c.json(describeRestParty(session.describe(taken)), 201)
    },
  )

  routes.delete('/sessions/:telephonySessionId', countAs('Light'), needs('CallControl'), (c) => {
    drop(find.live(c.get('login').person, c.req.param('telephonySessionId')))
    return c.body(null, 204)
  })

  return routes
}
