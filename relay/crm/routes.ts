import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import type { Clock } from '../../shared/clock.ts'
import {
  CRM_STATES,
  type CrmAnswer,
  type CrmConnectAnswer,
  crmChoiceBody,
  crmConnectBody,
  crmNoteBody,
} from '../../shared/protocol/http/crm.ts'
import { ROUTES } from '../../shared/protocol/http/routes.ts'
import { DAY_MS, parseInstant, SECOND_MS } from '../../shared/time.ts'
import type { Settings } from '../config.ts'
import { respondPage } from '../http/page.ts'
import { respondProblem } from '../http/problem.ts'
import { readBody } from '../http/read-body.ts'
import type { EventLog } from '../log/event-log.ts'
import { type PersonEnv, type RequirePersonOptions, requirePerson } from '../people/require-person.ts'
import { CrmFault } from './api.ts'
import type { Crm, RecordsWanted } from './crm.ts'

export interface CrmRouteDependencies extends RequirePersonOptions {
  /** Absent where the relay has no CRM. */
  readonly crm: Crm | undefined
  readonly log: Pick<EventLog, 'readSessionIndex'>
  readonly settings: Pick<Settings, 'extensionIds'>
  readonly clock: Clock
  readonly publicUrl: string
}

const UNCACHED = { 'cache-control': 'no-store' }
const OFF: CrmAnswer = { isOn: false, isConnected: false, canConnect: false }
const SHOWN_MS = 7 * DAY_MS
/** While a CRM is away. */
const RETRY_AFTER_S = 30

/** The CRM for people who are signed in, and the two pages that a window passes through as it is connected. */
export function createCrmRoutes(dependencies: CrmRouteDependencies): Hono<PersonEnv> {
  const { crm, log, clock, settings, publicUrl } = dependencies
  const routes = new Hono<PersonEnv>()
  const guard = requirePerson(dependencies)
  routes.get(ROUTES.crm, guard, (c) => c.json(crm?.describe(c.get('user')) ?? OFF, 200, UNCACHED))
  if (crm === undefined) return routes

  routes.get(ROUTES.crmMatches, guard, async (c) => {
    const number = c.req.query('number')
    if (number === undefined) return refuse(c, 'The query should have a number in E.164 like +12065550100.')
    const answer = await crm.match(c.get('user'), number)
    return answer === undefined ? respondUnconnected(c) : c.json(answer, 200, UNCACHED)
  })

  routes.get(ROUTES.crmRecords, guard, (c) => {
    const wanted = readWanted(c.req.query(), clock.nowMs())
    if ('fault' in wanted) return refuse(c, wanted.fault)
    return c.json(crm.records(c.get('user'), wanted), 200, UNCACHED)
  })

  routes.post(ROUTES.crmRecord, guard, async (c) => {
    const body = await readBody(c, crmChoiceBody)
    if ('refusal' in body) return body.refusal
    const decided = await crm.decide(c.get('user'), c.req.param('key'), body.body)
    if (decided === 'unknown') return respondUnknown(c, 'There is no record of a call of yours with this key.')
    if (decided !== 'wrongState') return c.json(decided, 200, UNCACHED)
    const detail = 'The record is being written or is in the CRM, or the contact is none of those to choose from.'
    return respondProblem(c, { status: 409, code: 'wrong_state', detail })
  })

  routes.post(ROUTES.crmNotes, guard, async (c) => {
    const body = await readBody(c, crmNoteBody)
    if ('refusal' in body) return body.refusal
    const { telephonySessionId, text } = body.body
    const { extensionId } = c.get('user')
    const session = await log.readSessionIndex(telephonySessionId)
    if (!session.some(({ extensionIds }) => extensionIds.includes(extensionId)))
      return respondUnknown(c, 'There is no session of yours with this telephonySessionId.')
    await crm.note({ telephonySessionId, extensionId, text })
    return c.body(null, 204)
  })

  addConnecting(routes, crm, { guard, settings, publicUrl })
  routes.onError((error, c) => {
    if (!(error instanceof CrmFault)) throw error
    const retryAfterS = error.retryAfterMs === undefined ? RETRY_AFTER_S : Math.ceil(error.retryAfterMs / SECOND_MS)
    const detail = `The CRM can't be asked now: try again in ${retryAfterS} seconds.`
    return respondProblem(c, { status: 503, code: 'not_ready', detail, reason: error.words, retryAfterS })
  })
  return routes
}

function addConnecting(
  routes: Hono<PersonEnv>,
  crm: Crm,
  {
    guard,
    settings,
    publicUrl,
  }: Pick<CrmRouteDependencies, 'settings' | 'publicUrl'> & { guard: ReturnType<typeof requirePerson> },
): void {
  routes.post(ROUTES.crmConnect, guard, async (c) => {
    const body = await readBody(c, crmConnectBody)
    if ('refusal' in body) return body.refusal
    const user = c.get('user')
    if (crm.connecting === undefined || !crm.describe(user).canConnect) return refuseConnecting(c)
    const { redirectUri } = body.body
    if (!settings.extensionIds.some((id) => redirectUri.startsWith(`https://${id}.chromiumapp.org/`)))
      return refuse(c, 'redirectUri should be the address of an extension that this relay allows.')
    const answer: CrmConnectAnswer = { url: crm.connecting.begin({ owner: crm.ownerFor(user), redirectUri }) }
    return c.json(answer, 200, UNCACHED)
  })

  routes.delete(ROUTES.crmConnection, guard, async (c) => {
    const user = c.get('user')
    if (crm.connecting === undefined || !crm.describe(user).canConnect) return refuseConnecting(c)
    await crm.connecting.disconnect(crm.ownerFor(user))
    return c.body(null, 204)
  })

  routes.get(ROUTES.crmStart, async (c) => {
    const location = await crm.connecting?.start(c.req.query('state') ?? '')
    return location === undefined ? respondOver(c) : redirect(c, location)
  })

  routes.get(ROUTES.crmCallback, async (c) => {
    // Behind a proxy the request's own address is another one.
    const callback = new URL(`${publicUrl}${ROUTES.crmCallback}${new URL(c.req.url).search}`)
    const location = await crm.connecting?.finish(callback)
    return location === undefined ? respondOver(c) : redirect(c, location)
  })
}

function readWanted(
  { state, since, session, mine }: Readonly<Record<string, string>>,
  nowMs: number,
): RecordsWanted | { readonly fault: string } {
  const states = v.safeParse(v.array(v.picklist(CRM_STATES)), state?.split(',') ?? [])
  if (!states.success) return { fault: `state should be one of ${CRM_STATES.join(', ')}, or several with commas.` }
  const sinceMs = since === undefined ? nowMs - SHOWN_MS : parseInstant(since)
  if (sinceMs === undefined) return { fault: 'since should be an ISO-8601 time with a zone like 2026-11-29T08:00:00Z.' }
  return { states: states.output, sinceMs, telephonySessionId: session, isMine: mine === '1' || mine === 'true' }
}

function refuse(c: Context, detail: string): Response {
  return respondProblem(c, { status: 400, code: 'bad_request', detail })
}

function respondUnknown(c: Context, detail: string): Response {
  return respondProblem(c, { status: 404, code: 'not_found', detail })
}

function respondUnconnected(c: Context): Response {
  const detail = 'Nobody has connected the CRM for you: connect it in the settings of the extension.'
  return respondProblem(c, { status: 409, code: 'wrong_state', detail })
}

function refuseConnecting(c: Context): Response {
  const detail = 'The CRM is connected for the whole account: an administrator decides about it.'
  return respondProblem(c, { status: 403, code: 'not_allowed', detail })
}

function respondOver(c: Context): Response {
  const text =
    'This was finished already, or took longer than ten minutes. Close this window and connect the CRM again from the settings of the extension.'
  return respondPage(c, { title: 'The CRM could not be connected', text })
}

/** The address carries codes: no cache keeps it and no page is told of it. */
function redirect(c: Context, location: string): Response {
  return c.body(null, 302, { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
}
