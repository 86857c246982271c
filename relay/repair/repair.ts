import { SECOND_MS } from '../../shared/time.ts'
import type { Clock } from '../clock.ts'
import type { Settings } from '../config.ts'
import { describeError } from '../errors.ts'
import type { Metrics } from '../http/metrics.ts'
import type { EventLog } from '../log/event-log.ts'
import type { Logger } from '../logger.ts'
import { type ApiRequest, type ServiceClient, toRingCentralError } from '../ringcentral/ringcentral.ts'
import { advisePermission, backoffMs, isPermissionMissing, judgeError } from '../ringcentral/ringcentral-faults.ts'
import { listSessionsOnPhones } from './phones.ts'
import { createRequestBudget, type RequestBudget } from './request-budget.ts'
import type { SessionStatuses } from './session-statuses.ts'
import { findUnfinishedSessions, type UnfinishedSession } from './unfinished-sessions.ts'

/**
 * Repairs what was missed while no deliveries came: RingCentral is asked about every session that goes on, by its own word
 * or as far as the log knows, the latest first. The answers go into the log, and from there to everybody who may see them.
 *
 * It goes at the pace that RingCentral's limits allow, in the background, and does not give up while RingCentral is away.
 */
export interface Repair {
  /** Begins, in place of a repair that is under way. */
  begin(): void
  /** Looks for calls that go on and of which nothing was ever delivered, unless a repair is under way. */
  lookForUnheard(): void
  close(): Promise<void>
}

export interface RepairDependencies {
  readonly log: EventLog
  readonly service: ServiceClient
  readonly statuses: SessionStatuses
  /** Of requests of the group Light, which presence of single extensions takes from. */
  readonly budget: RequestBudget
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Pick<Metrics, 'countRepair'>
  readonly settings: Pick<Settings, 'scope' | 'extensions'>
  /** From 0 up to 1, for jitter. */
  readonly random?: () => number
}

/** Requests that are left in each minute to people who ask about their own sessions. */
const LEFT_TO_PEOPLE = 10
/** The events of a call that has just begun may be on their way. */
const ON_THE_WAY_MS = 10 * SECOND_MS
const UNHEARD =
  'RingCentral knows of calls of which nothing was delivered: POST RELAY_PUBLIC_URL/webhook should lead to this relay, and no proxy should answer in its place'
/** Of ten a minute. */
const HEAVY_REQUESTS_PER_MINUTE = 6

export function createRepair(dependencies: RepairDependencies): Repair {
  const { log, service, statuses, budget, clock, logger, metrics, settings, random = Math.random } = dependencies
  const heavyBudget = createRequestBudget({ clock, requestsPerMinute: HEAVY_REQUESTS_PER_MINUTE })
  let isPresenceMissed = false
  let current = new AbortController()
  let running = Promise.resolve()
  let isRunning = false

  async function run(work: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
    isRunning = true
    try {
      await work(signal)
    } catch (error) {
      metrics.countRepair(signal.aborted ? 'ended' : 'failed')
      if (!signal.aborted) logger.error({ err: await explain(error) }, 'What was missed could not be repaired')
    } finally {
      isRunning = false
    }
  }

  async function repairMissed(signal: AbortSignal): Promise<void> {
    await askAboutAll([...(await listOnPhones(signal)), ...(await findUnfinishedSessions(log, signal))], signal)
    metrics.countRepair('done')
  }

  async function repairUnheard(signal: AbortSignal): Promise<void> {
    const listed = await keepUnheard(await listOnPhones(signal))
    if (listed.length === 0) return
    await wait(ON_THE_WAY_MS, signal)
    const unheard = await keepUnheard(listed)
    if (unheard.length === 0) return
    logger.warn({ sessions: unheard.length }, UNHEARD)
    await askAboutAll(unheard, signal)
    metrics.countRepair('done')
  }

  async function keepUnheard(sessions: readonly UnfinishedSession[]): Promise<readonly UnfinishedSession[]> {
    const indexes = await Promise.all(sessions.map((session) => log.readSessionIndex(session.telephonySessionId)))
    return sessions.filter((_, index) => indexes[index]?.length === 0)
  }

  async function askAboutAll(sessions: readonly UnfinishedSession[], signal: AbortSignal): Promise<void> {
    const latestFirst = newestFirst(sessions)
    if (latestFirst.length === 0) return
    logger.info(
      { sessions: latestFirst.length },
      'RingCentral is asked about the sessions that may have changed unheard',
    )
    const asked = { found: 0, over: 0, unknown: 0 }
    for (const { telephonySessionId } of latestFirst) asked[await askAbout(telephonySessionId, signal)] += 1
    logger.info(asked, 'What was missed is repaired as far as RingCentral knows')
  }

  /** What somebody has to change, where RingCentral's refusal tells that. */
  async function explain(error: unknown): Promise<string> {
    const judgement = judgeError(await toRingCentralError(error))
    return judgement.kind === 'retry' ? describeError(error) : judgement.advice
  }

  async function listOnPhones(signal: AbortSignal): Promise<readonly UnfinishedSession[]> {
    try {
      return await listSessionsOnPhones(settings, (request) =>
        request.group === 'Heavy'
          ? patiently(() => sendWithin({ budget: heavyBudget, leaving: 0, request, signal }), signal)
          : patiently(() => sendWithin({ budget, leaving: LEFT_TO_PEOPLE, request, signal }), signal),
      )
    } catch (error) {
      if (signal.aborted) throw error
      const failure = await toRingCentralError(error)
      const advice = isPermissionMissing(failure)
        ? advisePermission({ codes: failure.codes, permission: failure.permission ?? 'ReadPresence' })
        : failure.message
      if (!isPresenceMissed) {
        logger.warn({ err: advice }, 'Calls that began unheard are not repaired: presence could not be read')
      }
      isPresenceMissed = true
      return []
    }
  }

  /** Sends as soon as the budget has room. */
  async function sendWithin({ budget, leaving, request, signal }: BudgetedRequest): Promise<unknown> {
    for (let waitMs = budget.take(leaving); waitMs > 0; waitMs = budget.take(leaving)) await wait(waitMs, signal)
    return service.send(request)
  }

  async function askAbout(telephonySessionId: string, signal: AbortSignal): Promise<'found' | 'over' | 'unknown'> {
    try {
      const ask = () => statuses.ask(telephonySessionId, { leaving: LEFT_TO_PEOPLE, isNews: true })
      return (await patiently(ask, signal)).found ? 'found' : 'over'
    } catch (error) {
      const failure = await toRingCentralError(error)
      // Without the permission, or the login, the next would be refused as well.
      if (signal.aborted || judgeError(failure).kind !== 'retry') throw error
      logger.warn({ err: failure.message, telephonySessionId }, 'A session could not be asked about')
      return 'unknown'
    }
  }

  /** Tries until RingCentral answers, or refuses in a way that another try would not change. */
  async function patiently<T>(send: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      signal.throwIfAborted()
      try {
        return await send()
      } catch (error) {
        const failure = await toRingCentralError(error)
        const judgement = judgeError(failure)
        if (judgement.kind !== 'retry' || isFinal(failure.status)) throw failure
        await wait(backoffMs(attempt, judgement.afterMs, random), signal)
      }
    }
  }

  function wait(durationMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted()
      const stop = () => {
        cancel()
        reject(signal.reason)
      }
      const cancel = clock.after(durationMs, () => {
        signal.removeEventListener('abort', stop)
        resolve()
      })
      signal.addEventListener('abort', stop, { once: true })
    })
  }

  function end(): Promise<void> {
    current.abort(new Error('The repair was ended.'))
    return running
  }

  return {
    begin() {
      const ended = end()
      current = new AbortController()
      const { signal } = current
      running = ended.then(() => run(repairMissed, signal))
    },
    lookForUnheard() {
      const { signal } = current
      if (!isRunning && !signal.aborted) running = running.then(() => run(repairUnheard, signal))
    },
    close: end,
  }
}

interface BudgetedRequest {
  readonly budget: RequestBudget
  readonly leaving: number
  readonly request: ApiRequest
  readonly signal: AbortSignal
}

/** Each session once, the one that was heard of last first. */
function newestFirst(sessions: readonly UnfinishedSession[]): readonly UnfinishedSession[] {
  const sorted = sessions.toSorted((a, b) => b.latestMs - a.latestMs)
  return [...new Map(sorted.toReversed().map((session) => [session.telephonySessionId, session])).values()].toReversed()
}

/** RingCentral took the request for wrong, or answered what can't be read: it will be so next time. */
function isFinal(status: number | undefined): boolean {
  return status !== undefined && status < 500 && status !== 408 && status !== 429
}
