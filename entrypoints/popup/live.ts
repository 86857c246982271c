import { type ReadonlySignal, signal } from '@preact/signals'
import type { AlertApart, LiveCall } from '../lib/contract/card-call.ts'
import { sendMessage } from '../lib/contract/messages.ts'

/** What goes on now, which only the worker knows. */
export interface Live {
  readonly calls: ReadonlySignal<readonly LiveCall[]>
  /** When the calls came, by `performance.now()`. */
  readonly receivedMs: ReadonlySignal<number>
  /** Alerts of rules about calls in which the person has no part, the latest first. */
  readonly alerts: ReadonlySignal<readonly AlertApart[]>
  /** Asks the worker. What it does not answer stays as it was. */
  read(): Promise<void>
  /** Forgets what was another person's. */
  clear(): void
}

export function createLive(): Live {
  const calls = signal<readonly LiveCall[]>([])
  const receivedMs = signal(0)
  const alerts = signal<readonly AlertApart[]>([])
  return {
    calls,
    receivedMs,
    alerts,
    read: async () => {
      calls.value = await sendMessage('getLiveCalls').catch(() => calls.value)
      receivedMs.value = performance.now()
      alerts.value = await sendMessage('getAlerts').catch(() => alerts.value)
    },
    clear: () => {
      calls.value = []
      alerts.value = []
    },
  }
}
