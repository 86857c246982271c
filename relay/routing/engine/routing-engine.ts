import { setImmediate } from 'node:timers/promises'
import { type Clock, every } from '../../../shared/clock.ts'
import type { RuleStanding } from '../../../shared/protocol/http/routing.ts'
import { isOnlySaid } from '../../../shared/rules/evaluate.ts'
import { createRoutedCalls, type RoutedCalls } from '../../../shared/rules/routed-calls.ts'
import type { RuleBook } from '../../../shared/rules/rule.ts'
import type { KindOf } from '../../../shared/rules/ruled-leg.ts'
import { PAST_AFTER_MS } from '../../../shared/rules/session-memory.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import { findPosition } from '../../calls/find-start.ts'
import { type LogTail, openLogTail } from '../../calls/log-tail.ts'
import { describeError } from '../../errors.ts'
import type { EventLog, LoggedEvent } from '../../log/event-log.ts'
import type { Logger } from '../../logger.ts'
import type { CarryOut } from '../act-order.ts'
import { type ActTurns, createActTurns } from './act-turns.ts'
import { createRoutingFold, READ_BACK_MS } from './fold-routing.ts'
import { createRuleHits, type RuleHits } from './rule-hits.ts'

/**
 * Holds the rules against the calls that go on, and has carried out what they want.
 *
 * It keeps no cursor: what was done is in the log with what was told of the calls, so a start reads a day of it without acting and knows
 * all that matters. From then on it acts on what holds at the log's head, or just behind it, never on what it reads of the past.
 */
export interface RoutingEngine {
  /** What the rules in force did today. */
  describe(): readonly RuleStanding[]
  /** Other rules are in force. */
  changeRules(): void
  /** What all events of the log up to here call for is ordered. */
  readonly position: number
  /** Resolves when what was begun is over. */
  close(): Promise<void>
}

export interface RoutingEngineOptions {
  readonly log: EventLog
  /** The rules in force. */
  readonly book: () => RuleBook
  readonly kindOf: KindOf
  readonly carryOut: CarryOut
  readonly clock: Clock
  readonly logger: Logger
  /** Whether a delivery is being taken in: then reading of the past waits. */
  readonly isBusy: () => boolean
}

/** How often it is looked which calls are over. */
const TICK_MS = SECOND_MS
/** After the log could not be read. */
const RETRY_MS = 5 * SECOND_MS
/** Turns of the event loop that are left to deliveries that never stop coming. */
const MAX_TURNS_LEFT = 8

export function startRoutingEngine(options: RoutingEngineOptions): RoutingEngine {
  const { clock, logger } = options
  const closed = new AbortController()
  let course = openCourse(options, closed.signal)
  let cancelRetry = () => {}

  async function run(): Promise<void> {
    try {
      await course.run()
    } catch (error) {
      if (closed.signal.aborted) return
      logger.error({ err: describeError(error) }, 'The rules could not follow the log: they begin anew')
      await course.close()
      cancelRetry = clock.after(RETRY_MS, () => {
        course = openCourse(options, closed.signal)
        void run()
      })
    }
  }

  void run()
  return {
    describe: () => course.hits.describe(options.book().rules, clock.nowMs()),
    changeRules: () => course.changeRules(),
    get position() {
      return course.position
    },
    async close() {
      closed.abort()
      cancelRetry()
      await course.close()
    },
  }
}

/** One way through the log, from where a start begins. */
interface Course {
  readonly hits: RuleHits
  /** Resolves when it was closed; rejects when the log can't be read. */
  run(): Promise<void>
  changeRules(): void
  readonly position: number
  close(): Promise<void>
}

function openCourse(options: RoutingEngineOptions, signal: AbortSignal): Course {
  const { log, book, kindOf, carryOut, clock, logger, isBusy } = options
  const calls = createRoutedCalls({ book: book(), kindOf })
  const hits = createRuleHits(() => book().timeZone)
  const follow = createRoutingFold({ log, calls, onAct: hits.note, knowsActs: true })
  const alarm = createAlarm(clock)
  const turns = createActTurns({
    carryOut,
    isStillDue: calls.isStillDue,
    onDropped(act) {
      calls.takeBack(act)
      alarm.ring()
    },
    logger,
  })
  let tail: LogTail | undefined
  let position = -1
  let forgotMs = clock.elapsedMs()

  async function readOn(from: LogTail): Promise<void> {
    let hasBegun = false
    while (!signal.aborted) {
      alarm.heard()
      const events = await from.next()
      for (const event of events) if (!signal.aborted) await follow(event)
      if (signal.aborted) return
      const last = events.at(-1)
      if (from.isAtHead && !hasBegun) {
        calls.begin(clock.nowMs())
        hasBegun = true
      }
      if (hasBegun && (from.isAtHead || isOfNow(last))) act(from.position)
      // What was over then leaves at the time of then.
      else if (last !== undefined) calls.forget(last.receivedAtMs)
      if (!from.isAtHead) await leaveTurns(isBusy)
      else if (!alarm.hasRung) await from.sleep()
    }
  }

  /** While more is received than can be read at once, the head is never reached: what comes just behind it is acted on all the same. */
  function isOfNow(last: LoggedEvent | undefined): boolean {
    return last !== undefined && clock.nowMs() - last.receivedAtMs <= PAST_AFTER_MS
  }

  function act(upToPosition: number): void {
    if (clock.elapsedMs() - forgotMs >= TICK_MS) {
      calls.forget(clock.nowMs())
      forgotMs = clock.elapsedMs()
    }
    actNow(calls, turns, hits, clock.nowMs())
    alarm.setFor(calls.lookAgainMs)
    position = upToPosition
  }

  return {
    hits,
    async run() {
      const stopTicking = every(clock, TICK_MS, alarm.ring)
      try {
        tail = openLogTail(log, await findPosition(log, clock.nowMs() - READ_BACK_MS))
        alarm.onRing(tail.wake)
        await readOn(tail)
      } finally {
        stopTicking()
        alarm.off()
        tail?.close()
      }
    },
    get position() {
      return position
    },
    changeRules() {
      calls.setBook(book())
      alarm.ring()
    },
    async close() {
      tail?.close()
      await turns.close()
    },
  }
}

function actNow(calls: RoutedCalls, turns: ActTurns, hits: RuleHits, nowMs: number): void {
  for (const act of calls.takeDue(nowMs)) {
    if (isOnlySaid(act)) hits.noteSaid(act)
    else turns.order(act)
  }
}

async function leaveTurns(isBusy: () => boolean): Promise<void> {
  await setImmediate()
  for (let turn = 0; turn < MAX_TURNS_LEFT && isBusy(); turn++) await setImmediate()
}

/** Wakes who waits for news of the log, also when it rang before they slept. */
function createAlarm(clock: Clock) {
  let hasRung = false
  let cancel = () => {}
  let wake = () => {}
  function ring(): void {
    hasRung = true
    wake()
  }
  return {
    get hasRung() {
      return hasRung
    },
    ring,
    heard() {
      hasRung = false
    },
    onRing(listener: () => void) {
      wake = listener
    },
    /** Rings at a moment, ms since the epoch; not at all for `undefined`. */
    setFor(atMs: number | undefined) {
      cancel()
      cancel = atMs === undefined ? () => {} : clock.after(Math.max(0, atMs - clock.nowMs()), ring)
    },
    off: () => cancel(),
  }
}
