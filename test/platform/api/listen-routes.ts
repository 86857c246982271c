import { Hono } from 'hono'
import type { LiveCalls } from '../calls/live-calls.ts'
import type { LiveParty } from '../calls/live-party.ts'
import type { LiveSession } from '../calls/live-session.ts'
import { hasLeft } from '../calls/party-state.ts'
import { supervise } from '../calls/steps/join.ts'
import type { Directory } from '../directory.ts'
import type { Features } from '../features.ts'
import type { Grants } from '../grants.ts'
import type { Person } from '../people.ts'
import type { Phones } from '../phones.ts'
import { decodeBody, readJson } from './body.ts'
import { describeRestParty } from './call-answers.ts'
import { superviseBody } from './control-bodies.ts'
import type { CountAs } from './count-as.ts'
import { type CallFinder, conflict } from './find-call.ts'
import { invalidParameter, missingFeature, missingPermission, notFound } from './rest-error.ts'
import type { Needs, RestEnv } from './rest-session.ts'

/** Listening in on a colleague's call, the whole of it or one party. Mounted below an account's `telephony`. */
export function createListenRoutes(world: {
  readonly calls: LiveCalls
  readonly find: CallFinder
  readonly directory: Directory
  readonly grants: Grants
  readonly features: Features
  readonly phones: Phones
  readonly countAs: CountAs
  readonly needs: Needs
}): Hono<RestEnv> {
  const { calls, find, directory, grants, features, phones, countAs, needs } = world
  const routes = new Hono<RestEnv>()

  /** Throws the platform's refusal of a phone that may not be the supervisor's ear. */
  const checkPhone = (supervisor: Person, deviceId: string): void => {
    const phone = phones.find(supervisor, deviceId)
    if (phone === undefined) throw notFound('supervisorDeviceId')
    if (phone.type === 'WebPhone' && phones.areWebPhonesRefused()) {
      throw invalidParameter('supervisorDeviceId', 'the id of a HardPhone or SoftPhone device')
    }
    if (!phone.isOnline) throw conflict('The call cannot be supervised: the device of the supervisor is offline')
  }

  const listenIn = async (
    request: Request,
    supervisor: Person,
    session: LiveSession,
    findParty: (agent: Person) => LiveParty | undefined,
  ) => {
    const body = decodeBody(superviseBody, await readJson(request))
    const reason = features.lacking('CallSupervision', supervisor.extensionId)
    if (reason !== undefined) throw missingFeature('CallSupervision', reason)
    checkPhone(supervisor, body.supervisorDeviceId)
    const named = 'agentExtensionId' in body ? 'agentExtensionId' : 'agentExtensionNumber'
    const agent = directory
      .people(supervisor.accountId)
      .find((one) =>
        'agentExtensionId' in body
          ? one.extensionId === body.agentExtensionId
          : one.extensionNumber === body.agentExtensionNumber,
      )
    const party = agent && findParty(agent)
    if (agent === undefined || party?.extensionId !== agent.extensionId) throw notFound(named)
    if (!grants.has(supervisor.extensionId, 'callMonitoring', agent.extensionId)) {
      throw missingPermission('user', 'CallMonitoring')
    }
    const observing = supervise(calls, session, party.id, { ...supervisor, deviceId: body.supervisorDeviceId })
    return describeRestParty(session.describe(observing))
  }

  routes.post('/sessions/:telephonySessionId/supervise', countAs('Light'), needs('CallControl'), async (c) => {
    const { person } = c.get('login')
    const session = find.anyLive(person, c.req.param('telephonySessionId'))
    const answer = await listenIn(c.req.raw, person, session, (agent) =>
      session.present().find(({ role, extensionId }) => role !== 'observer' && extensionId === agent.extensionId),
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

  return routes
}
