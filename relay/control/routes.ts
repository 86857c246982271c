import { type Context, Hono } from 'hono'
import type { Clock } from '../../shared/clock.ts'
import { isOpaqueId } from '../../shared/protocol/http/fields.ts'
import { ROUTES } from '../../shared/protocol/http/routes.ts'
import type { Capabilities } from '../capabilities.ts'
import { respondProblem } from '../http/problem.ts'
import { readBody } from '../http/read-body.ts'
import type { EventLog } from '../log/event-log.ts'
import type { Logger } from '../logger.ts'
import type { RightsReading } from '../people/read-rights.ts'
import { type PersonEnv, type RequirePersonOptions, requirePerson } from '../people/require-person.ts'
import { watchesAll, watchesExtension, watchesNothing } from '../people/watches.ts'
import { createActAudit, describeBody } from './act-audit.ts'
import { createAnswerFailure } from './answer-failure.ts'
import { createCallOut } from './call-out.ts'
import { type FoundParty, findParty, type PartyName } from './find-party.ts'
import { noteOutcome } from './note-outcome.ts'
import { OPERATIONS, type Operation, type PartyRequest, REMOVE, type Who } from './operations.ts'
import type { PersonClient } from './person-client.ts'
import { refuseUnwatched } from './refuse-unwatched.ts'

export interface ControlDependencies extends RequirePersonOptions {
  readonly client: PersonClient
  readonly capabilities: Capabilities
  readonly rightsReading: Pick<RightsReading, 'doubt'>
  readonly log: EventLog
  readonly clock: Clock
  readonly logger: Logger
}

/**
 * What a person does with calls, as themselves. An answer says only that RingCentral took it, 202 or 204; what became
 * of the call comes as an event.
 */
export function createControlRoutes(dependencies: ControlDependencies): Hono<PersonEnv> {
  const { client, capabilities } = dependencies
  const routes = new Hono<PersonEnv>()
  const guard = requirePerson(dependencies)

  const audit = createActAudit(dependencies)

  for (const [name, operation] of Object.entries(OPERATIONS)) {
    routes.post(`${ROUTES.party}/${name}`, guard, (c) => act(c, operation, name))
  }
  routes.delete(ROUTES.party, guard, (c) => act(c, REMOVE, 'remove'))
  routes.post(ROUTES.calls, guard, createCallOut(client, audit))

  async function act(c: Context<PersonEnv>, operation: Operation, operationName: string): Promise<Response> {
    const name = readPartyName(c)
    if (name === undefined) {
      const detail = 'The ids of session and party should have at most 256 visible characters each.'
      return respondProblem(c, { status: 400, code: 'bad_request', detail })
    }
    if (operation.who === 'watcher' && watchesNothing(c.get('user').watches)) return refuseListening(c)
    const read = await readBody(c, operation.schema)
    if ('refusal' in read) return read.refusal
    const found = await lookUp(name, operation.who, c)
    const { other } = read.body
    const refusal =
      refuseParty(c, found, operation.who) ??
      (other && refuseParty(c, await lookUp(other, operation.who, c), operation.who))
    if (refusal !== undefined) return refusal
    const request = withAgent(read.body, operation.who, found)
    if (request === undefined) {
      const detail = 'The party should be that of a colleague: there is nobody else to listen in to.'
      return respondProblem(c, { status: 400, code: 'bad_request', detail })
    }
    const { method, suffix, body } = request
    const path = `${pathOf(name)}${suffix}`
    const login = c.get('login')
    const trial = {
      name: operation.who === 'watcher' ? 'listen' : 'callControl',
      extensionId: login.extensionId,
    } as const
    const { agentExtensionId } = body ?? {}
    const told = {
      by: { extensionId: login.extensionId, name: login.name },
      ...name,
      act: operationName,
      ...describeBody(body),
      ...(typeof agentExtensionId === 'string' && { to: { extensionId: agentExtensionId } }),
    }
    const answer = await audit.keep(told, () =>
      noteOutcome(capabilities, trial, () => client.send(login, { method, path, ...(body && { body }) })),
    )
    // RingCentral answers some operations without a word, and those are done with it.
    return c.body(null, answer === undefined ? 204 : 202)
  }

  /** `undefined` where it does not matter whose the party is. */
  async function lookUp(name: PartyName, who: Who, c: Context<PersonEnv>): Promise<FoundParty | undefined> {
    if (who === 'anyone' || (who === 'owner' && watchesAll(c.get('user').watches))) return undefined
    return findParty(name, c.get('login'), dependencies)
  }

  routes.onError(createAnswerFailure(dependencies))
  return routes
}

function readPartyName(c: Context): PartyName | undefined {
  const { telephonySessionId = '', partyId = '' } = c.req.param()
  return isOpaqueId(telephonySessionId) && isOpaqueId(partyId) ? { telephonySessionId, partyId } : undefined
}

function pathOf({ telephonySessionId, partyId }: PartyName): string {
  return `/telephony/sessions/${encodeURIComponent(telephonySessionId)}/parties/${encodeURIComponent(partyId)}`
}

function refuseListening(c: Context): Response {
  return respondProblem(c, {
    status: 403,
    code: 'supervisors_only',
    detail: 'RingCentral lets you listen to nobody: an administrator grants call monitoring there.',
  })
}

function refuseParty(c: Context<PersonEnv>, found: FoundParty | undefined, who: Who): Response | undefined {
  const { watches, extensionId } = c.get('user')
  if (found === undefined || (found.kind === 'party' && mayActOn(found.extensionId))) return undefined
  // Outsiders are not told that the call exists.
  if (found.kind === 'none' || !found.isMember) {
    return respondProblem(c, {
      status: 404,
      code: 'not_there',
      detail: 'There is no such party in a call of yours: the call may be over.',
    })
  }
  if (who === 'watcher') return refuseUnwatched(c)
  return respondProblem(c, {
    status: 403,
    code: 'not_your_party',
    detail: "This party is somebody else's: you can act on your own part of a call.",
  })

  function mayActOn(ownerId: string | undefined): boolean {
    if (watchesAll(watches)) return true
    if (ownerId === undefined) return false
    return who === 'watcher' ? watchesExtension(watches, ownerId) : ownerId === extensionId
  }
}

/** To listen in, RingCentral needs the party and the agent who owns it. `undefined` when no agent does. */
function withAgent(request: PartyRequest, who: Who, found: FoundParty | undefined): PartyRequest | undefined {
  if (who !== 'watcher' || found?.kind !== 'party') return request
  const { extensionId } = found
  return extensionId === undefined
    ? undefined
    : { ...request, body: { ...request.body, agentExtensionId: extensionId } }
}
