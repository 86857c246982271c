import { createLiveAccount, type LiveAccount } from '../../shared/live/account.ts'
import type { ExtensionLive, QueueLive } from '../../shared/live/types.ts'
import type { TelephonyNotification } from '../../shared/protocol/notification.ts'
import type { SessionStatus } from '../../shared/protocol/status.ts'
import type { CallRecord } from '../../shared/protocol/stream-line.ts'

/** The queue of the recorded and invented streams. */
export const SALES = '400195'

/** What arrived as the fold of an account takes it. */
export function toldAs(one: TelephonyNotification | SessionStatus): CallRecord {
  return 'asOfMs' in one ? { kind: 'status', status: one } : { kind: 'telephony', notification: one }
}

export function sessionOf(told: CallRecord): string {
  return told.kind === 'status' ? told.status.telephonySessionId : told.notification.telephonySessionId
}

/** An account that knows its queue from the directory, and counts from the beginning of time unless told otherwise. */
export function followAccount(
  told: Iterable<TelephonyNotification | SessionStatus>,
  { sinceMs = 0 }: { readonly sinceMs?: number } = {},
): LiveAccount {
  const account = createLiveAccount({ sinceMs, isQueueId: (id) => id === SALES })
  for (const one of told) account.take(toldAs(one))
  return account
}

/** All that a board would show of an account, in an order that says nothing. */
export function describeAccount(account: LiveAccount): {
  readonly extensions: readonly ExtensionLive[]
  readonly queues: readonly QueueLive[]
} {
  return {
    extensions: [...account.listExtensions()].sort().map((id) => account.extension(id)),
    queues: [...account.listQueues()].sort().map((id) => account.queue(id)),
  }
}
