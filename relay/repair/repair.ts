import type { Clock } from '../../shared/clock.ts'
import { createQueue } from '../../shared/queue.ts'
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import { wait } from '../clock.ts'
import type { Settings } from '../config.ts'
import { describeError } from '../errors.ts'
import type { EventLog } from '../log/event-log.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { type ServiceClient, toRingCentralError } from '../ringcentral/api.ts'
import { judge } from '../ringcentral/verdicts.ts'
import { askAboutSessions, MAX_TRIES } from './ask-about-sessions.ts'
import { createPresence } from './presence.ts'
import type { RequestBudget } from './request-budget.ts'
import { createRetries } from './retries.ts'
import type { SessionStatuses } from './session-statuses.ts'
import { findUnfinishedSessions, type UnfinishedSession } from './unfinished-sessions.ts'

/**
 * Repairs what was missed while no deliveries came: RingCentral is asked about every session that goes on, by its own word
 * or as far as the log knows, the latest first. The answers go into the log, and from there to everybody who may see them.
 *
 * It goes at the pace that RingCentral's limits allow, in the background, and does not give up while RingCentral is away: what
 * failed again and again is left for later, so that the rest is not held up.
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
const LATER_MS = 2 * MINUTE_MS
/** A day: by then no call goes on, and a subscription that was lost meanwhile has begun a repair of its own. */
const MAX_ROUNDS = DAY_MS / LATER_MS
const UNHEARD =
  'RingCentral knows of calls of which nothing was delivered: POST RELAY_PUBLIC_URL/webhook should lead to this relay, and no proxy should answer in its place'

export function createRepair(dependencies: RepairDependencies): Repair {
  const { log, service, statuses, budget, clock, logger, metrics, settings, random = Math.random } = dependencies
  const leaving = LEFT_TO_PEOPLE
  const retries = createRetries(clock, random)
  const presence = createPresence({ service, retries, budget, leaving, clock, logger, settings })
  const asking = { statuses, retries, logger, leaving }
  const queue = createQueue()
  let current = new AbortController()
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

  function start(work: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): void {
    void queue.run(() => run(work, signal))
  }

  async function repairMissed(signal: AbortSignal): Promise<void> {
    const onPhones = await presence.list(MAX_TRIES, signal)
    const sessions = [...(onPhones ?? []), ...(await findUnfinishedSessions(log, signal))]
    await repairSessions({ sessions, isPresenceMissing: onPhones === undefined, round: 0 }, signal)
  }

  async function repairUnheard(signal: AbortSignal): Promise<void> {
    const listed = await keepUnheard((await presence.list(MAX_TRIES, signal)) ?? [])
    if (listed.length === 0) return
    await wait(clock, ON_THE_WAY_MS, signal)
    const sessions = await keepUnheard(listed)
    if (sessions.length === 0) return
    logger.warn({ sessions: sessions.length }, UNHEARD)
    await repairSessions({ sessions, isPresenceMissing: false, round: 0 }, signal)
  }

  async function keepUnheard(sessions: readonly UnfinishedSession[]): Promise<readonly UnfinishedSession[]> {
    const indexes = await Promise.all(sessions.map((session) => log.readSessionIndex(session.telephonySessionId)))
    // What somebody did with a call is in the log though nothing was heard of it.
    return sessions.filter((_, index) => indexes[index]?.every(({ extensionIds }) => extensionIds.length === 0))
  }

  async function repairSessions({ sessions, isPresenceMissing, round }: Missed, signal: AbortSignal): Promise<void> {
    const kind = round === 0 ? 'first' : round === MAX_ROUNDS ? 'last' : 'later'
    const left = await askAboutSessions(sessions, { round: kind, signal }, asking)
    const isDone = left.length === 0 && !isPresenceMissing
    metrics.countRepair(isDone ? 'done' : 'failed')
    if (!isDone && round < MAX_ROUNDS) comeBack({ sessions: left, isPresenceMissing, round: round + 1 }, signal)
  }

  /** Tries again later what is left; until then no repair is under way, and others may begin. */
  function comeBack(missed: Missed, signal: AbortSignal): void {
    const repairAgain = async () => {
      const onPhones = missed.isPresenceMissing ? await presence.list(1, signal) : []
      const sessions = [...missed.sessions, ...(onPhones ?? [])]
      await repairSessions({ ...missed, sessions, isPresenceMissing: onPhones === undefined }, signal)
    }
    wait(clock, LATER_MS, signal).then(
      () => start(repairAgain, signal),
      () => undefined,
    )
  }

  function end(): Promise<void> {
    current.abort(new Error('The repair was ended.'))
    return queue.settled()
  }

  return {
    begin() {
      void end()
      current = new AbortController()
      start(repairMissed, current.signal)
    },
    lookForUnheard() {
      const { signal } = current
      if (!isRunning && !signal.aborted) start(repairUnheard, signal)
    },
    close: end,
  }
}

/** Advice on what to change, where RingCentral's refusal gives the reason. */
async function explain(error: unknown): Promise<string> {
  const verdict = judge('service', await toRingCentralError(error))
  return 'advice' in verdict && verdict.advice !== undefined ? verdict.advice : describeError(error)
}

/** What is left to repair. */
interface Missed {
  readonly sessions: readonly UnfinishedSession[]
  /** Whether presence could not be read, so that there may be more sessions. */
  readonly isPresenceMissing: boolean
  /** Attempts so far to come back to it. */
  readonly round: number
}
