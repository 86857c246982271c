import type { Clock } from '../../shared/clock.ts'
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import { wait } from '../clock.ts'
import type { Settings } from '../config.ts'
import { describeError } from '../errors.ts'
import type { EventLog } from '../log/event-log.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { type ApiRequest, RingCentralError, type ServiceClient, toRingCentralError } from '../ringcentral/api.ts'
import { backoffMs } from '../ringcentral/faults.ts'
import { advisePermission, isOwnAnswer, isPermissionMissing, isRefusal, judge } from '../ringcentral/verdicts.ts'
import { listSessionsOnPhones } from './phones.ts'
import { createRequestBudget, type RequestBudget } from './request-budget.ts'
import type { SessionStatuses } from './session-statuses.ts'
import { isLimited, takeInTurn } from './take-in-turn.ts'
import { findUnfinishedSessions, type UnfinishedSession } from './unfinished-sessions.ts'

/**
 * Repairs what was missed while no deliveries came: RingCentral is asked about every session that goes on, by its own word
 * or as far as the log knows, the latest first. The answers go into the log, and from there to everybody who may see them.
 *
 * It goes at the pace that RingCentral's limits allow, in the background, and does not give up while RingCentral is away: what
 * failed again and again is left for later, so that it stands in nobody's way.
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
/** What failed so often, one try after the other, is left for later. */
const MAX_TRIES = 5
const LATER_MS = 2 * MINUTE_MS
/** A day: by then no call goes on, and a subscription that was lost meanwhile has begun a repair of its own. */
const MAX_ROUNDS = DAY_MS / LATER_MS
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
    const onPhones = await listOnPhones(signal)
    const sessions = [...(onPhones ?? []), ...(await findUnfinishedSessions(log, signal))]
    await repairSessions({ sessions, isPresenceMissing: onPhones === undefined, round: 0 }, signal)
  }

  async function repairUnheard(signal: AbortSignal): Promise<void> {
    const listed = await keepUnheard((await listOnPhones(signal)) ?? [])
    if (listed.length === 0) return
    await wait(clock, ON_THE_WAY_MS, signal)
    const sessions = await keepUnheard(listed)
    if (sessions.length === 0) return
    logger.warn({ sessions: sessions.length }, UNHEARD)
    await repairSessions({ sessions, isPresenceMissing: false, round: 0 }, signal)
  }

  async function repairSessions({ sessions, isPresenceMissing, round }: Missed, signal: AbortSignal): Promise<void> {
    const left = await askAboutAll(sessions, round, signal)
    const isDone = left.length === 0 && !isPresenceMissing
    metrics.countRepair(isDone ? 'done' : 'failed')
    if (!isDone && round < MAX_ROUNDS) comeBack({ sessions: left, isPresenceMissing, round: round + 1 }, signal)
  }

  /** Until then a repair is not under way: others may begin. */
  function comeBack(missed: Missed, signal: AbortSignal): void {
    const repairAgain = async () => {
      const onPhones = missed.isPresenceMissing ? await listOnPhones(signal, 1) : []
      const sessions = [...missed.sessions, ...(onPhones ?? [])]
      await repairSessions({ ...missed, sessions, isPresenceMissing: onPhones === undefined }, signal)
    }
    const begin = () => {
      running = running.then(() => run(repairAgain, signal))
    }
    wait(clock, LATER_MS, signal).then(begin, () => undefined)
  }

  async function keepUnheard(sessions: readonly UnfinishedSession[]): Promise<readonly UnfinishedSession[]> {
    const indexes = await Promise.all(sessions.map((session) => log.readSessionIndex(session.telephonySessionId)))
    return sessions.filter((_, index) => indexes[index]?.length === 0)
  }

  /** Resolves with those that RingCentral could not be asked about, for now. */
  async function askAboutAll(
    sessions: readonly UnfinishedSession[],
    round: number,
    signal: AbortSignal,
  ): Promise<readonly UnfinishedSession[]> {
    const latestFirst = newestFirst(sessions)
    if (latestFirst.length === 0) return []
    if (round === 0) {
      logger.info(
        { sessions: latestFirst.length },
        'RingCentral is asked about the sessions that may have changed unheard',
      )
    }
    const asked = { found: 0, over: 0, unknown: 0 }
    const left = await takeInTurn(latestFirst, {
      tries: round === 0 ? MAX_TRIES : 1,
      async attempt({ telephonySessionId }) {
        asked[await askAbout(telephonySessionId, signal)] += 1
      },
      canRetry,
      pause: (tries, error) => pause(tries, error, signal),
    })
    if (left.length === 0) logger.info(asked, 'What was missed is repaired as far as RingCentral knows')
    else if (round === 0 || round === MAX_ROUNDS) {
      const { telephonySessionId } = left[0] as UnfinishedSession
      const what = round === 0 ? 'they are asked about later' : 'they are not asked about any more'
      logger.warn({ ...asked, left: left.length, telephonySessionId }, `RingCentral fails for some sessions: ${what}`)
    }
    return left
  }

  /** What somebody has to change, where RingCentral's refusal tells that. */
  async function explain(error: unknown): Promise<string> {
    const verdict = judge('service', await toRingCentralError(error))
    return 'advice' in verdict && verdict.advice !== undefined ? verdict.advice : describeError(error)
  }

  /** `undefined` when RingCentral could not be asked, for now. */
  async function listOnPhones(
    signal: AbortSignal,
    tries = MAX_TRIES,
  ): Promise<readonly UnfinishedSession[] | undefined> {
    try {
      const onPhones = await listSessionsOnPhones(settings, (request) =>
        request.group === 'Heavy'
          ? patiently(() => sendWithin({ budget: heavyBudget, leaving: 0, request, signal }), tries, signal)
          : patiently(() => sendWithin({ budget, leaving: LEFT_TO_PEOPLE, request, signal }), tries, signal),
      )
      isPresenceMissed = false
      return onPhones
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
      return canRetry(error) ? undefined : []
    }
  }

  /** Sends as soon as the budget has room. */
  async function sendWithin({ budget, leaving, request, signal }: BudgetedRequest): Promise<unknown> {
    for (let waitMs = budget.take(leaving); waitMs > 0; waitMs = budget.take(leaving)) await wait(clock, waitMs, signal)
    return service.send(request)
  }

  /** Throws a {@link RingCentralError} when it may be answered another time, or when no session would be. */
  async function askAbout(telephonySessionId: string, signal: AbortSignal): Promise<'found' | 'over' | 'unknown'> {
    signal.throwIfAborted()
    try {
      const { found } = await statuses.ask(telephonySessionId, { leaving: LEFT_TO_PEOPLE, isNews: true })
      return found ? 'found' : 'over'
    } catch (error) {
      if (canRetry(error) || endsRepair(error)) throw error
      logger.warn({ err: describeError(error), telephonySessionId }, 'A session could not be asked about')
      return 'unknown'
    }
  }

  async function patiently<T>(send: () => Promise<T>, tries: number, signal: AbortSignal): Promise<T> {
    for (let tried = 1; ; tried++) {
      signal.throwIfAborted()
      try {
        return await send()
      } catch (error) {
        if (!canRetry(error)) throw error
        if (isLimited(error)) tried -= 1
        else if (tried >= tries) throw error
        await pause(tried, error, signal)
      }
    }
  }

  /** After so many failures in a row. */
  function pause(failures: number, error: RingCentralError, signal: AbortSignal): Promise<void> {
    const verdict = judge('service', error)
    const afterMs = verdict.kind === 'retry' ? verdict.afterMs : undefined
    return wait(clock, backoffMs(Math.max(0, failures - 1), afterMs, random), signal)
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

/** What is left to repair. */
interface Missed {
  readonly sessions: readonly UnfinishedSession[]
  /** Which sessions people are on the phone with is not known either. */
  readonly isPresenceMissing: boolean
  /** How often it was come back to. */
  readonly round: number
}

/** Each session once, the one that was heard of last first. */
function newestFirst(sessions: readonly UnfinishedSession[]): readonly UnfinishedSession[] {
  const sorted = sessions.toSorted((a, b) => b.latestMs - a.latestMs)
  return [...new Map(sorted.toReversed().map((session) => [session.telephonySessionId, session])).values()].toReversed()
}

/**
 * Whether RingCentral may answer another time. Not when it took the request for wrong in words of its own, or answered what
 * can't be read; and what fails here, before anything is sent, fails the next time as well.
 */
function canRetry(error: unknown): error is RingCentralError {
  if (!(error instanceof RingCentralError) || endsRepair(error) || error.status === 200) return false
  return !(isRefusal(error.status) && isOwnAnswer(error))
}

/** Without the permission, or the login, every session would be refused. */
function endsRepair(error: unknown): boolean {
  if (!(error instanceof RingCentralError)) return false
  const { kind } = judge('service', error)
  return kind === 'blocked' || kind === 'refused'
}
