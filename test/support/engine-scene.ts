import { setImmediate } from 'node:timers/promises'
import { createMemoryEventLog } from '../../relay/log/event-log.memory.ts'
import type { EventLog, NewEvent } from '../../relay/log/event-log.ts'
import { type RoutingEngine, startRoutingEngine } from '../../relay/routing/engine/routing-engine.ts'
import type { ActRecord } from '../../shared/protocol/act.ts'
import type { TelephonyNotification } from '../../shared/protocol/notification.ts'
import type { RuleBook } from '../../shared/rules/rule.ts'
import { createCollectedLogger } from '../relay/support/collected-logger.ts'
import { carryOutInLog } from './carry-out.ts'
import { createManualClock, type ManualClock } from './manual-clock.ts'
import { kindInScene } from './routed-scene.ts'

/** A log with an engine of rules on it, on a clock that a test moves. */
export interface EngineScene {
  readonly log: EventLog
  readonly clock: ManualClock
  readonly engine: RoutingEngine
  /** What was asked of RingCentral, over all starts. */
  readonly orders: ReturnType<typeof carryOutInLog>['orders']
  /** An event is received now; resolves when all is done that it calls for. */
  receive(envelope: unknown, event: TelephonyNotification): Promise<void>
  append(event: NewEvent): Promise<void>
  /** Time passes, and each thing is done at its moment. */
  moveTo(atMs: number): Promise<void>
  changeRules(book: RuleBook): Promise<void>
  /** Ends the engine, and begins another one on the same log. */
  restart(): Promise<void>
  acts(): Promise<readonly ActRecord[]>
  close(): Promise<void>
}

export interface EngineSceneOptions {
  readonly book: RuleBook
  readonly startMs: number
  readonly answer?: Parameters<typeof carryOutInLog>[2]
  readonly log?: EventLog
}

export async function openEngineScene({
  book,
  startMs,
  answer,
  log = createMemoryEventLog(),
}: EngineSceneOptions): Promise<EngineScene> {
  let rules = book
  const clock = createManualClock(startMs, settle)
  const { carryOut, orders } = carryOutInLog(log, () => clock.nowMs(), answer)
  const start = () =>
    startRoutingEngine({
      log,
      book: () => rules,
      kindOf: kindInScene,
      carryOut,
      clock,
      logger: createCollectedLogger().logger,
      isBusy: () => false,
    })
  let engine = start()

  /** Acts are records of the log as well: it is quiet when none comes after the last. */
  async function settle(): Promise<void> {
    do {
      while (engine.position < log.headPosition) await setImmediate()
      await setImmediate()
    } while (engine.position < log.headPosition)
  }

  const append = async (event: NewEvent) => {
    await log.append(event)
    await settle()
  }

  await settle()
  return {
    log,
    clock,
    get engine() {
      return engine
    },
    orders,
    append,
    receive: (envelope, { telephonySessionId, parties }) =>
      append({
        uuid: undefined,
        telephonySessionId,
        extensionIds: [...new Set(parties.flatMap(({ extensionId }) => extensionId ?? []))],
        receivedAtMs: clock.nowMs(),
        text: JSON.stringify(envelope),
      }),
    moveTo: (atMs) => clock.moveTo(atMs),
    async changeRules(next) {
      rules = next
      engine.changeRules()
      await settle()
    },
    async restart() {
      await engine.close()
      engine = start()
      await settle()
    },
    async acts() {
      const events = await log.read(0, log.headPosition)
      return events.filter(({ kind }) => kind === 'act').map(({ text }): ActRecord => JSON.parse(text))
    },
    close: () => engine.close(),
  }
}
