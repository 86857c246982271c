import type { Clock } from '../../../shared/clock.ts'
import { createQueue } from '../../../shared/queue.ts'
import { MINUTE_MS } from '../../../shared/time.ts'
import type { CallRow, StoredRuleNotice } from '../../lib/store/schema.ts'
import type { Kept } from './alerts.ts'

/**
 * Alerts that rules of the account have for the person: each is notified of once, and stands at its call, or by itself where the
 * person has no part in it. Nobody tells them when such a call is over, so one that stands by itself goes after a while.
 */
export interface RuleAlerts {
  /** Those of calls that the person has no part in, or no longer, the latest first. */
  apart(): readonly StoredRuleNotice[]
  /** The calls or the alerts have changed, or are known at last. */
  refresh(): void
  close(): void
}

export interface RuleAlertsOptions {
  /** All that are neither put away nor over, the latest first. */
  readonly alerts: () => readonly StoredRuleNotice[]
  readonly calls: () => readonly CallRow[]
  /** Whether these are the calls and alerts as they are now. */
  readonly isCurrent: () => boolean
  /** Names of those that were notified of: a worker that was ended meanwhile does so no more. */
  readonly shown: Kept<readonly string[]>
  readonly nameOf: (alert: StoredRuleNotice) => string
  readonly show: (name: string, alert: StoredRuleNotice) => Promise<void>
  readonly clear: (name: string) => Promise<void>
  /** Relay's clock. */
  readonly clock: Pick<Clock, 'nowMs' | 'after'>
  /** One has gone by itself. */
  readonly onChange: () => void
}

/** By then whoever was waiting has been answered, or has given up. */
export const ALERT_STAYS_MS = 15 * MINUTE_MS
/** More than anybody reads while a phone rings. */
const MAX_APART = 5

export function createRuleAlerts(options: RuleAlertsOptions): RuleAlerts {
  const { clock, shown, nameOf } = options
  // In order: one that has gone must not be told of after all.
  const telling = createQueue()
  let isClosed = false
  let cancel = () => {}

  function select(): { readonly ofCalls: readonly StoredRuleNotice[]; readonly apart: readonly StoredRuleNotice[] } {
    const live = new Set(
      options.calls().flatMap((row) => (row.phase === 'ended' ? [] : [row.telephonySessionId, row.currentSessionId])),
    )
    const isOfCall = ({ telephonySessionId }: StoredRuleNotice) => live.has(telephonySessionId)
    const all = options.alerts()
    const fromMs = clock.nowMs() - ALERT_STAYS_MS
    const apart = all.filter((alert) => !isOfCall(alert) && alert.receivedMs > fromMs)
    return { ofCalls: all.filter(isOfCall), apart: apart.slice(0, MAX_APART) }
  }

  async function tell(): Promise<void> {
    if (isClosed || !options.isCurrent()) return
    const { ofCalls, apart } = select()
    const due = new Map([...ofCalls, ...apart].map((alert) => [nameOf(alert), alert]))
    const before = await shown.getValue()
    if (before.length === due.size && before.every((name) => due.has(name))) return
    // Written first: rather once too few than twice.
    await shown.setValue([...due.keys()])
    for (const name of before) if (!due.has(name)) await options.clear(name)
    for (const [name, alert] of due) if (!before.includes(name)) await options.show(name, alert)
  }

  function schedule(): void {
    cancel()
    const ends = select().apart.map(({ receivedMs }) => receivedMs + ALERT_STAYS_MS - clock.nowMs())
    if (isClosed || ends.length === 0) return
    cancel = clock.after(Math.min(...ends), options.onChange)
  }

  return {
    apart: () => select().apart,
    refresh: () => {
      if (isClosed || !options.isCurrent()) return
      schedule()
      telling.run(tell).catch(() => undefined)
    },
    close: () => {
      isClosed = true
      cancel()
    },
  }
}
