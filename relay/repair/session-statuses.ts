import type { Clock } from '../../shared/clock.ts'
import { SECOND_MS } from '../../shared/time.ts'
import { describeError } from '../errors.ts'
import type { EventLog } from '../log/event-log.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { type ApiAnswer, RingCentralError, type TimedServiceClient, toRingCentralError } from '../ringcentral/api.ts'
import { judge } from '../ringcentral/verdicts.ts'
import { buildStatusRecord, decodeStatusRecord, type StatusRecord, toNewEvent } from '../wire/status-record.ts'
import { estimateAnswerTime, readClockOffsetMs } from './platform-time.ts'
import type { RequestBudget } from './request-budget.ts'

/**
 * Asks RingCentral how sessions stand. One request a session is under way at a time, and its answer is shared for ten seconds
 * by all who ask. An answer about a session that the log knows goes into the log, so that
 * everybody who sees the session is repaired by it, and not only who asked.
 */
export interface SessionStatuses {
  /**
   * Rejects with a {@link RingCentralError} when RingCentral does not answer; with its `retryAfterMs` when asking has to wait.
   * `leaving`: how many requests of this minute's budget are kept for others.
   */
  ask(telephonySessionId: string, options: AskOptions): Promise<StatusRecord>
}

export interface AskOptions {
  readonly leaving: number
  /** Puts the answer into the log also when the log does not know the session yet; not unless given. */
  readonly isNews?: boolean
}

export interface SessionStatusesDependencies {
  readonly service: TimedServiceClient
  readonly log: EventLog
  readonly clock: Clock
  readonly logger: Logger
  readonly budget: RequestBudget
  readonly metrics: Pick<Metrics, 'countStatusRequest'>
}

const SHARED_MS = 10 * SECOND_MS
/** Long enough that a crowd that asks at once sends one request and not each its own. */
const FAILURE_SHARED_MS = SECOND_MS

interface Asked {
  readonly answer: Promise<StatusRecord>
  /** `undefined` while the request is under way. */
  shared: { readonly sinceMs: number; readonly forMs: number } | undefined
}

export function createSessionStatuses(dependencies: SessionStatusesDependencies): SessionStatuses {
  const { service, log, clock, logger, budget, metrics } = dependencies
  const asked = new Map<string, Asked>()

  function forgetOld(): void {
    const nowMs = clock.nowMs()
    for (const [id, { shared }] of asked) {
      if (shared === undefined) continue
      const ageMs = nowMs - shared.sinceMs
      if (ageMs < 0 || ageMs >= shared.forMs) asked.delete(id)
    }
  }

  async function request(telephonySessionId: string): Promise<StatusRecord> {
    const path = `/restapi/v1.0/account/~/telephony/sessions/${encodeURIComponent(telephonySessionId)}`
    const askedAtMs = clock.nowMs()
    const { body, atMs } = await sendUnlessGone(path)
    const offsetMs = await readClockOffsetMs(log)
    const asOfMs = estimateAnswerTime({ dateMs: atMs, askedAtMs, offsetMs })
    const record = buildStatusRecord(telephonySessionId, asOfMs, body)
    if (decodeStatusRecord(record) !== undefined) return record
    throw new RingCentralError("RingCentral's answer about a session should list its parties, but does not", {
      status: 200,
      codes: [],
      retryAfterMs: undefined,
    })
  }

  /** Without a body when RingCentral does not know the session any more. */
  async function sendUnlessGone(path: string): Promise<ApiAnswer> {
    try {
      const { body, atMs } = await service.sendTimed({ method: 'GET', path })
      // An answer without a body says nothing; it must not pass for the end of the session.
      return { body: body ?? null, atMs }
    } catch (error) {
      const failure = await toRingCentralError(error)
      if (judge('service', failure).kind !== 'gone') throw failure
      return { body: undefined, atMs: failure.atMs }
    }
  }

  async function requestAndCount(telephonySessionId: string): Promise<StatusRecord> {
    try {
      const record = await request(telephonySessionId)
      metrics.countStatusRequest(record.found ? 'found' : 'over')
      return record
    } catch (error) {
      metrics.countStatusRequest('failed')
      throw error
    }
  }

  async function requestAndLog(telephonySessionId: string, isNews: boolean): Promise<StatusRecord> {
    const record = await requestAndCount(telephonySessionId)
    try {
      const isKnown = (await log.readSessionIndex(telephonySessionId)).length > 0
      if (isKnown || (isNews && record.found)) await log.append(toNewEvent(record, clock.nowMs()))
    } catch (error) {
      // Who asked is told all the same.
      logger.warn({ err: describeError(error) }, "A session's status could not be stored")
    }
    return record
  }

  return {
    async ask(telephonySessionId, { leaving, isNews = false }) {
      forgetOld()
      const known = asked.get(telephonySessionId)
      if (known !== undefined) {
        metrics.countStatusRequest('shared')
        return known.answer
      }
      const waitMs = budget.take(leaving)
      if (waitMs > 0) {
        metrics.countStatusRequest('over_budget')
        throw overBudget(waitMs)
      }
      const one: Asked = { answer: requestAndLog(telephonySessionId, isNews), shared: undefined }
      asked.set(telephonySessionId, one)
      const share = (forMs: number) => () => {
        one.shared = { sinceMs: clock.nowMs(), forMs }
      }
      one.answer.then(share(SHARED_MS), share(FAILURE_SHARED_MS))
      return one.answer
    },
  }
}

function overBudget(retryAfterMs: number): RingCentralError {
  const seconds = Math.ceil(retryAfterMs / SECOND_MS)
  return new RingCentralError(`Too many sessions were asked for: the next may be in ${seconds} s`, {
    status: 429,
    codes: [],
    retryAfterMs,
  })
}
