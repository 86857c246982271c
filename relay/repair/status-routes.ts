import { type Context, Hono } from 'hono'
import { ROUTES } from '../../shared/protocol/http/routes.ts'
import { SECOND_MS } from '../../shared/time.ts'
import type { Settings } from '../config.ts'
import { respondProblem } from '../http/problem.ts'
import type { EventLog } from '../log/event-log.ts'
import type { Logger } from '../logger.ts'
import { type PersonEnv, type RequirePersonOptions, requirePerson } from '../people/require-person.ts'
import type { UserWithRights } from '../people/rights.ts'
import { maySee, watchesAnyOf } from '../people/watches.ts'
import { RingCentralError } from '../ringcentral/api.ts'
import { judge } from '../ringcentral/verdicts.ts'
import { keepStatusParties, type StatusRecord, statusOwners } from '../wire/status-record.ts'
import type { SessionStatuses } from './session-statuses.ts'

/**
 * `GET /v1/sessions/:sid`: how RingCentral says that a session stands, for clients that miss something of it. Members of the
 * session and who watches one of them are told; to anybody else there is no such session, whatever RingCentral says.
 */
export interface StatusRouteDependencies extends RequirePersonOptions {
  readonly statuses: SessionStatuses
  readonly log: Pick<EventLog, 'readSessionIndex'>
  readonly settings: Pick<Settings, 'visibility'>
  readonly logger: Logger
}

/** Longer than any id of RingCentral's. */
const MAX_ID_CHARS = 200
/** Requests that those who ask about anything leave to those who ask about sessions of theirs. */
const LEFT_TO_MEMBERS = 25
/** When RingCentral failed and does not say how long to wait. */
const RETRY_AFTER_MS = 10 * SECOND_MS

export function createStatusRoutes(dependencies: StatusRouteDependencies): Hono<PersonEnv> {
  const { statuses, log, settings, logger } = dependencies
  const routes = new Hono<PersonEnv>()

  routes.get(ROUTES.session, requirePerson(dependencies), async (c) => {
    const telephonySessionId = c.req.param('telephonySessionId')
    const user = c.get('user')
    if (telephonySessionId.length > MAX_ID_CHARS) return respondUnknown(c)
    const index = await log.readSessionIndex(telephonySessionId)
    const memberIds = index.flatMap(({ extensionIds }) => extensionIds)
    const isInvited = index.length > 0 && maySee(user, memberIds)
    let record: StatusRecord
    try {
      record = await statuses.ask(telephonySessionId, { leaving: isInvited ? 0 : LEFT_TO_MEMBERS })
    } catch (error) {
      if (error instanceof RingCentralError) return respondFailure(c, error)
      throw error
    }
    const ownerIds = statusOwners(record)
    if (!isInvited && !(record.found && maySee(user, ownerIds))) return respondUnknown(c)
    return c.json(copyFor(user, record, [...memberIds, ...ownerIds]), 200, { 'cache-control': 'no-store' })
  })

  /** Whole for who watches the session; a member may be shown no more than their own part. */
  function copyFor(user: UserWithRights, record: StatusRecord, memberIds: readonly string[]): unknown {
    const isCut = settings.visibility === 'own' && !watchesAnyOf(user.watches, memberIds)
    return isCut ? keepStatusParties(record, user.extensionId) : record
  }

  function respondFailure(c: Context, error: RingCentralError): Response {
    const verdict = judge('service', error)
    if (verdict.kind === 'blocked' || verdict.kind === 'refused') {
      logger.error({ err: error.message }, verdict.advice)
      const detail = 'RingCentral refuses this to the relay; its log says what the administrator should change.'
      return respondProblem(c, { status: 502, code: 'ringcentral_refused', detail })
    }
    const retryAfterS = Math.ceil(
      ((verdict.kind === 'retry' ? verdict.afterMs : undefined) ?? RETRY_AFTER_MS) / SECOND_MS,
    )
    const detail = `RingCentral can't be asked now: try again in ${retryAfterS} seconds.`
    return respondProblem(c, { status: 503, code: 'ringcentral_busy', detail, retryAfterS })
  }

  return routes
}

function respondUnknown(c: Context): Response {
  const detail = 'There is no session of yours with this telephonySessionId.'
  return respondProblem(c, { status: 404, code: 'unknown_session', detail })
}
