import { Hono } from 'hono'
import { formatInstant } from '../../../shared/time.ts'
import type { LiveCalls } from '../calls/live-calls.ts'
import type { LiveParty } from '../calls/live-party.ts'
import type { LiveSession } from '../calls/live-session.ts'
import { hasLeft } from '../calls/party-state.ts'
import { bridge, bringIn, openConference, supervise } from '../calls/steps/join.ts'
import { drop } from '../calls/steps/leave.ts'
import { pickUp } from '../calls/steps/park.ts'
import { callOut } from '../calls/steps/ring.ts'
import { type Person, SUPERVISOR } from '../people.ts'
import { decodeBody, readJson } from './body.ts'
import { describeOpenedSession, describeRestParty } from './call-answers.ts'
import {
  bridgeBody,
  bringInBody,
  callOutBody,
  checkDevice,
  deviceBody,
  resolveCallee,
  superviseBody,
} from './control-bodies.ts'
import type { CountAs } from './count-as.ts'
import type { CallFinder } from './find-call.ts'
import { missingPermission, notFound } from './rest-error.ts'
import type { Needs, RestEnv } from './rest-session.ts'

/** Opening, joining and ending whole sessions. Mounted below an account's `telephony`. */
export function createJoinRoutes(world: {
  readonly calls: LiveCalls
  readonly find: CallFinder
  readonly countAs: CountAs
  readonly needs: Needs
  readonly nowMs: () => number
}): Hono<RestEnv> {
  const { calls, find, countAs, needs, nowMs } = world
  const routes = new Hono<RestEnv>()

  routes.post('/call-out', countAs('Heavy'), needs('CallControl'), async (c) => {
    const { person } = c.get('login')
    const { from, to } = decodeBody(callOutBody, await readJson(c.req.raw))
    checkDevice(person, from.deviceId, 'from.deviceId')
    const callee = resolveCallee(to)
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

  const listenIn = async (
    request: Request,
    person: Person,
    session: LiveSession,
    agentParty: (agentExtensionId: string) => LiveParty | undefined,
  ) => {
    const body = decodeBody(superviseBody, await readJson(request))
    if (person.extensionId !== SUPERVISOR.extensionId) throw missingPermission('user', 'CallControl')
    checkDevice(person, body.supervisorDeviceId, 'supervisorDeviceId')
    const party = agentParty(body.agentExtensionId)
    if (party === undefined || party.extensionId !== body.agentExtensionId) throw notFound('agentExtensionId')
    return describeRestParty(session.describe(supervise(calls, session, party.id, person)))
  }

  routes.post('/sessions/:telephonySessionId/supervise', countAs('Light'), needs('CallControl'), async (c) => {
    const { person } = c.get('login')
    const session = find.anyLive(person, c.req.param('telephonySessionId'))
    const answer = await listenIn(c.req.raw, person, session, (agentExtensionId) =>
      session.present().find(({ extensionId }) => extensionId === agentExtensionId),
    )
    return c.json(answer, 201)
  })

  routes.post(
    '/sessions/:telephonySessionId/parties/:partyId/supervise',
    countAs('Light'),
    needs('CallControl'),
    async (c) => {
      const { person } = c.get('login')
      const session = find.anyLive(person, c.req.param('telephonySessionId'))
      const { party } = find.party(session, c.req.param('partyId'))
      return c.json(await listenIn(c.req.raw, person, session, () => (hasLeft(party.code) ? undefined : party)), 201)
    },
  )

  routes.delete('/sessions/:telephonySessionId', countAs('Light'), needs('CallControl'), (c) => {
    drop(find.live(c.get('login').person, c.req.param('telephonySessionId')))
    return c.body(null, 204)
  })

  return routes
}
