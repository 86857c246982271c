import { type Context, Hono } from 'hono'
import type { Clock } from '../../shared/clock.ts'
import type { DeskRecord } from '../../shared/protocol/desk.ts'
import { type DeskAnswer, handBody, whisperBody } from '../../shared/protocol/http/desk.ts'
import { isOpaqueId } from '../../shared/protocol/http/fields.ts'
import { ROUTES } from '../../shared/protocol/http/routes.ts'
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import { respondProblem } from '../http/problem.ts'
import { readBody } from '../http/read-body.ts'
import type { EventLog } from '../log/event-log.ts'
import { type PersonEnv, type RequirePersonOptions, requirePerson } from '../people/require-person.ts'
import { maySee, watchesIn } from '../people/watches.ts'
import { deskEvent } from '../wire/desk-record.ts'
import { createDeskLimits, RECORDS_PER_MINUTE } from './desk-limits.ts'
import { type KnownSession, readKnownSession } from './known-session.ts'

/**
 * What people at their desks tell each other about a call that goes on: a hand by whoever has a part in it, a whisper to one of
 * its members by whoever watches them. It is in the log before it is answered, and reaches the others as an event. RingCentral
 * knows nothing of it, nor does the customer.
 */
export interface DeskDependencies extends RequirePersonOptions {
  readonly log: EventLog
  readonly clock: Clock
}

export function createDeskRoutes(dependencies: DeskDependencies): Hono<PersonEnv> {
  const { log, clock } = dependencies
  const routes = new Hono<PersonEnv>()
  const guard = requirePerson(dependencies)
  const limits = createDeskLimits(clock)

  routes.post(ROUTES.hand, guard, async (c) => {
    const { telephonySessionId } = c.req.param()
    const { extensionId } = c.get('user')
    const session = await read(telephonySessionId)
    // Who watches the call raises no hand in it.
    if (session === undefined || !session.memberIds.includes(extensionId)) return refuseUnknown(c)
    const body = await readBody(c, handBody)
    if ('refusal' in body) return body.refusal
    return tell(c, session, { telephonySessionId, kind: 'hand', from: extensionId, raised: body.body.raised })
  })

  routes.post(ROUTES.whisper, guard, async (c) => {
    const { telephonySessionId } = c.req.param()
    const user = c.get('user')
    const session = await read(telephonySessionId)
    if (session === undefined || !maySee(user, session.memberIds)) return refuseUnknown(c)
    const body = await readBody(c, whisperBody)
    if ('refusal' in body) return body.refusal
    const { extensionId: to, text } = body.body
    if (!watchesIn(user.watches, to, session.memberIds)) return refuseUnwatched(c)
    if (!session.memberIds.includes(to)) return refuseStranger(c)
    return tell(c, session, {
      telephonySessionId,
      kind: 'whisper',
      from: user.extensionId,
      fromName: user.name,
      to,
      text,
    })
  })

  async function read(telephonySessionId: string): Promise<KnownSession | undefined> {
    return isOpaqueId(telephonySessionId) ? readKnownSession(log, telephonySessionId) : undefined
  }

  async function tell(c: Context<PersonEnv>, { isOver }: KnownSession, record: DeskRecord): Promise<Response> {
    if (isOver) return refuseOver(c)
    if (!limits.take(record.from)) return refuseTooMany(c)
    const { position } = await log.append(deskEvent(record, clock.nowMs()))
    const answer: DeskAnswer = { position }
    return c.json(answer, 201, { 'cache-control': 'no-store' })
  }

  return routes
}

/** Whoever may not see a call is not told that there is one. */
function refuseUnknown(c: Context): Response {
  const detail = 'There is no session of yours with this telephonySessionId.'
  return respondProblem(c, { status: 404, code: 'unknown_session', detail })
}

function refuseUnwatched(c: Context): Response {
  const detail = 'extensionId should be that of somebody whom you watch: RingCentral grants that as call monitoring.'
  return respondProblem(c, { status: 403, code: 'not_watched', detail })
}

function refuseStranger(c: Context): Response {
  const detail = 'extensionId should be that of somebody who has a part in this call.'
  return respondProblem(c, { status: 404, code: 'not_there', detail })
}

function refuseOver(c: Context): Response {
  return respondProblem(c, { status: 409, code: 'wrong_state', detail: 'The call is over.' })
}

function refuseTooMany(c: Context): Response {
  const detail = `At most ${RECORDS_PER_MINUTE} hands and whispers are taken from a person within a minute.`
  return respondProblem(c, { status: 429, code: 'too_many', detail, retryAfterS: MINUTE_MS / SECOND_MS })
}
