import { createMemoryEventLog } from '../../../relay/log/event-log.memory.ts'
import type { EventLog } from '../../../relay/log/event-log.ts'
import { createMetrics, type Metrics } from '../../../relay/metrics.ts'
import { createRepair, type Repair } from '../../../relay/repair/repair.ts'
import { createRequestBudget } from '../../../relay/repair/request-budget.ts'
import { createSessionStatuses } from '../../../relay/repair/session-statuses.ts'
import { type ApiAnswer, type ApiRequest, RingCentralError } from '../../../relay/ringcentral/api.ts'
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts'
import { createCollectedLogger } from '../support/collected-logger.ts'
import { notification } from '../support/notification.ts'
import { settle } from '../support/subscriber-bench.ts'

/** A repair with a log in memory, a RingCentral that answers as the test says, and a clock that the test moves. */
export interface RepairBench {
  readonly clock: ManualClock
  readonly log: EventLog
  readonly metrics: Metrics
  readonly repair: Repair
  /** What RingCentral was asked, and how many seconds after the start; a test may empty it. */
  asked: { path: string; atS: number }[]
  /** What RingCentral answers: at first that nobody has a call, and to a session that it has no parties. */
  answers: (path: string) => Promise<unknown>
  logText(): string
  /** Another repair in place of the one there is, as after a start of the relay. */
  startAgain(settings?: RepairSettings): void
  begin(): Promise<void>
  /** Lets so much time pass, a second at a time. */
  pass(ms: number): Promise<void>
  /** Has an event of each session delivered, in this order. */
  appendLive(...ids: readonly string[]): Promise<void>
  sessionsAsked(): readonly string[]
}

type RepairSettings = Parameters<typeof createRepair>[0]['settings']

export const failure = (status: number | undefined, facts: { retryAfterMs?: number; codes?: string[] } = {}) =>
  new RingCentralError(`failed with ${status}`, { status, codes: [], retryAfterMs: undefined, ...facts })
export const session = { parties: [] }

export function createRepairBench(): RepairBench {
  const clock = createManualClock()
  const log = createMemoryEventLog()
  const metrics = createMetrics()
  const { logger, text } = createCollectedLogger()

  function build(settings: RepairSettings = { scope: 'account', extensions: [] }): Repair {
    const startMs = clock.nowMs()
    const budget = createRequestBudget({ clock, requestsPerMinute: 40 })
    const sendTimed = async ({ path }: ApiRequest): Promise<ApiAnswer> => {
      bench.asked.push({
        path: path.replace('/restapi/v1.0/account/~/', ''),
        atS: (clock.nowMs() - startMs) / SECOND_MS,
      })
      return { body: await bench.answers(path), atMs: clock.nowMs() }
    }
    const service = { sendTimed, send: async (request: ApiRequest) => (await sendTimed(request)).body }
    const statuses = createSessionStatuses({ service, log, clock, logger, budget, metrics })
    return createRepair({ log, service, statuses, budget, clock, logger, metrics, settings, random: () => 1 })
  }

  let repair = build()
  const bench: RepairBench = {
    clock,
    log,
    metrics,
    get repair() {
      return repair
    },
    asked: [],
    answers: async (path) => (path.includes('/presence') ? { records: [] } : session),
    logText: text,
    startAgain(settings) {
      repair = build(settings)
    },
    async begin() {
      repair.begin()
      await settle()
    },
    async pass(ms) {
      for (let passed = 0; passed < ms; passed += SECOND_MS) {
        clock.advance(SECOND_MS)
        await settle()
      }
    },
    async appendLive(...ids) {
      for (const [index, telephonySessionId] of ids.entries()) {
        const content = notification({ telephonySessionId })
        content.body.eventTime = new Date(clock.nowMs() - MINUTE_MS + index).toISOString()
        await log.append({
          uuid: content.uuid,
          telephonySessionId,
          extensionIds: ['400102'],
          receivedAtMs: clock.nowMs(),
          text: JSON.stringify(content),
        })
      }
    },
    sessionsAsked: () =>
      bench.asked.flatMap(({ path }) =>
        path.startsWith('telephony/') ? [path.replace('telephony/sessions/', '')] : [],
      ),
  }
  return bench
}
