import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import { isSameNumber, numberKey } from '../../../shared/number/key.ts'
import { BOARD_ALERT_SWITCHES, type BoardAlertKind } from '../../lib/contract/board-notices.ts'
import { boardSettings } from '../../lib/settings/settings.ts'
import { country } from '../../lib/wording/shown-country.ts'
import type { BoardModel } from '../model/board-model.ts'
import { findCall } from './find-call.ts'
import { type BoardAlert, selectAlerts } from './select-alerts.ts'

/** What somebody should look at now, on the board and as notifications. */
export interface AlertsModel {
  readonly alerts: ReadonlySignal<readonly BoardAlert[]>
  /** Switches one kind off, until somebody switches it on again in the board's settings. */
  turnOff(kind: BoardAlertKind): Promise<void>
}

export interface AlertsOptions {
  readonly model: BoardModel
  /** Keys of the numbers of contacts that carry the person's tag for important ones. */
  readonly importantKeys: ReadonlySignal<ReadonlySet<string>>
  readonly notices: AlertNotices
}

/** Notifications of the browser. */
export interface AlertNotices {
  show(alert: BoardAlert): void
  clear(alert: BoardAlert): void
}

export function createAlertsModel({ model, importantKeys, notices }: AlertsOptions): AlertsModel {
  const { feed, settings } = model
  const alerts = signal<readonly BoardAlert[]>([])
  const shown = new Map<string, BoardAlert>()
  /** To the second: nothing here is about less. */
  const nowSeconds = computed(() => Math.floor(feed.nowMs.value / 1000))

  const isImportant = computed(() => {
    const keys = importantKeys.value
    const numbers = settings.value.importantNumbers
    const home = country.value
    const ownKeys = new Set(numbers.flatMap((number) => numberKey(number, home).key ?? []))
    return (phoneNumber: string) => {
      const { key } = numberKey(phoneNumber, home)
      if (key !== undefined && (keys.has(key) || ownKeys.has(key))) return true
      return numbers.some((number) => isSameNumber(number, phoneNumber, home))
    }
  })

  effect(() => {
    nowSeconds.value
    const { connection } = feed
    // What is old is no alarm.
    if (connection.value.state !== 'live') return
    const wanted = new Set(model.queueIds.peek())
    const next = selectAlerts({
      people: model.listPressing(),
      queues: feed.listQueues().filter(({ queueId }) => wanted.has(queueId)),
      notices: feed.notices.value,
      findCall: (telephonySessionId) => findCall(feed, telephonySessionId),
      settingsOf: (queueId) => feed.account.peek()?.queues[queueId],
      isImportant: isImportant.value,
      settings: settings.value,
      nowMs: feed.nowMs.peek(),
    })
    tell(next)
    if (!isSame(next, alerts.peek())) alerts.value = next
  })

  function tell(next: readonly BoardAlert[]): void {
    const now = new Map(next.map((alert) => [idOf(alert), alert]))
    for (const [id, alert] of now) if (!shown.has(id)) notices.show(alert)
    for (const [id, alert] of shown) if (!now.has(id)) notices.clear(alert)
    shown.clear()
    for (const [id, alert] of now) shown.set(id, alert)
  }

  return {
    alerts,
    turnOff: async (kind) => {
      await boardSettings.setValue({ ...(await boardSettings.getValue()), [BOARD_ALERT_SWITCHES[kind]]: false })
    },
  }
}

function idOf({ kind, of }: BoardAlert): string {
  return `${kind} ${of}`
}

function isSame(a: readonly BoardAlert[], b: readonly BoardAlert[]): boolean {
  return a.length === b.length && JSON.stringify(a) === JSON.stringify(b)
}
