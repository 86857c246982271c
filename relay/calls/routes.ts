import { type Context, Hono } from 'hono'
import type { Clock } from '../../shared/clock.ts'
import { isOpaqueId } from '../../shared/protocol/http/fields.ts'
import { ROUTES } from '../../shared/protocol/http/routes.ts'
import { parseInstant, SECOND_MS } from '../../shared/time.ts'
import type { Settings } from '../config.ts'
import type { Directory } from '../directory/directory.ts'
import { respondProblem } from '../http/problem.ts'
import type { EventLog } from '../log/event-log.ts'
import { type PersonEnv, type RequirePersonOptions, requirePerson } from '../people/require-person.ts'
import type { UserWithRights } from '../people/rights.ts'
import { epochOf, type View, viewOf } from '../people/view.ts'
import { watchesExtension, watchesNothing, watchesQueue } from '../people/watches.ts'
import { writeBoard } from './board.ts'
import { type CallsWanted, listCalls } from './list-calls.ts'
import { type AccountNow, type LiveCalls, NotReadyError } from './live-calls.ts'
import { listSessionEvents } from './session-events.ts'

/** The account live for those who watch others: a snapshot, the calls behind its numbers, and the events behind a call. */
export interface CallsRouteDependencies extends RequirePersonOptions {
  readonly liveCalls: LiveCalls
  readonly log: EventLog
  readonly directory: Directory
  readonly settings: Pick<Settings, 'visibility'>
  readonly clock: Clock
}

const UNCACHED = { 'cache-control': 'no-store' }

export function createCallsRoutes(dependencies: CallsRouteDependencies): Hono<PersonEnv> {
  const { liveCalls, log, directory, settings, clock } = dependencies
  const routes = new Hono<PersonEnv>()
  const guard = requirePerson(dependencies)

  routes.get(ROUTES.board, guard, async (c) => {
    const view = viewOf(c.get('user'), settings, 'watched')
    if (view === undefined || watchesNothing(c.get('user').watches)) return refuseNobody(c)
    const now = await liveCalls.use()
    // Rights may have changed while the past was read.
    const user = dependencies.rights.describe(c.get('login'))
    const viewNow = viewOf(user, settings, 'watched')
    if (viewNow === undefined || watchesNothing(user.watches)) return refuseNobody(c)
    return respondBoard(c, { now, user, view: viewNow })
  })

  function respondBoard(
    c: Context,
    { now, user, view }: { readonly now: AccountNow; readonly user: UserWithRights; readonly view: View },
  ): Response {
    const epoch = epochOf(log, user, view)
    const pieces = writeBoard({ now, directory, user, view, epoch, nowMs: clock.nowMs() })
    return c.body(encodePieces(pieces), 200, { 'content-type': 'application/json', ...UNCACHED })
  }

  routes.get(ROUTES.calls, guard, async (c) => {
    const { watches } = c.get('user')
    if (watchesNothing(watches)) return refuseNobody(c)
    const asked = readWanted(c.req.query())
    if ('fault' in asked) return respondProblem(c, { status: 400, code: 'bad_request', detail: asked.fault })
    const isWatched = asked.kind === 'queue' ? watchesQueue(watches, asked.id) : watchesExtension(watches, asked.id)
    if (!isWatched) {
      const detail = `You do not watch this ${asked.kind}: RingCentral's grants, or an administrator, decide.`
      return respondProblem(c, { status: 403, code: 'not_allowed', detail })
    }
    const now = await liveCalls.use()
    const wanted = { kind: asked.kind, id: asked.id, sinceMs: asked.sinceMs ?? now.sinceMs }
    const answer = await listCalls(wanted, { log, isQueueId: liveCalls.isQueueId, nowMs: clock.nowMs() })
    return c.json(answer, 200, UNCACHED)
  })

  routes.get(ROUTES.sessionEvents, guard, async (c) => {
    const telephonySessionId = c.req.param('telephonySessionId')
    const user = c.get('user')
    const views = [viewOf(user, settings, 'watched'), viewOf(user, settings, 'mine')].filter(
      (view) => view !== undefined,
    )
    const events = isOpaqueId(telephonySessionId) ? await listSessionEvents(telephonySessionId, views, log) : []
    if (events.length === 0) {
      const detail = 'There is no session of yours with this telephonySessionId.'
      return respondProblem(c, { status: 404, code: 'unknown_session', detail })
    }
    return c.body(`{"events":[${events.join(',')}]}`, 200, { 'content-type': 'application/json', ...UNCACHED })
  })

  routes.onError((error, c) => {
    if (!(error instanceof NotReadyError)) throw error
    const retryAfterS = error.retryAfterMs / SECOND_MS
    const detail = `${error.message}: try again in ${retryAfterS} seconds.`
    return respondProblem(c, { status: 503, code: 'not_ready', detail, retryAfterS })
  })
  return routes
}

function refuseNobody(c: Context): Response {
  const detail = "You watch nobody and no queue: RingCentral's grants, or an administrator, decide."
  return respondProblem(c, { status: 403, code: 'not_allowed', detail })
}

type Asked = Omit<CallsWanted, 'sinceMs'> & { readonly sinceMs: number | undefined }

function readWanted(query: Readonly<Record<string, string>>): Asked | { readonly fault: string } {
  const { extension, queue, since } = query
  const id = extension ?? queue
  if (id === undefined || (extension !== undefined && queue !== undefined))
    return { fault: 'The query should have one of extension and queue, with the id of one.' }
  if (!/^\d{1,20}$/.test(id))
    return {
      fault: `${extension === undefined ? 'queue' : 'extension'} should be a RingCentral extension id, a number like 400102.`,
    }
  const sinceMs = since === undefined ? undefined : parseInstant(since)
  if (since !== undefined && sinceMs === undefined)
    return {
      fault:
        'since should be an ISO-8601 time with a zone like 2026-11-29T08:00:00Z; without it, it is the last midnight.',
    }
  return { kind: extension === undefined ? 'queue' : 'extension', id, sinceMs }
}

function encodePieces(pieces: Iterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const iterator = pieces[Symbol.iterator]()
  return new ReadableStream({
    pull(controller) {
      const { done, value } = iterator.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
  })
}
