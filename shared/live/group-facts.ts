import { linkJourneys } from '../call/my-calls.ts'
import type { Call } from '../call/state.ts'
import { type ExtensionCalls, selectExtensionCalls } from './extension-calls.ts'
import { type IsQueueId, isOfQueue, type QueueVisit, selectQueueVisits } from './queue-visit.ts'
import type { OnPhone } from './types.ts'

/** What sessions that are tied together tell of the extensions and queues in them. */
export interface GroupFacts {
  readonly extensions: ReadonlyMap<string, ExtensionCalls>
  readonly queues: ReadonlyMap<string, QueueCalls>
}

export interface QueueCalls {
  readonly visits: readonly QueueVisit[]
  readonly onPhone: readonly OnPhone[]
}

/** `calls`: everything that is tied together, whether it goes on or not. */
export function selectGroupFacts(calls: readonly Call[], isQueueId: IsQueueId): GroupFacts {
  const journeys = linkJourneys(calls)
  const extensions = new Map<string, ExtensionCalls>()
  for (const extensionId of listExtensions(calls, isQueueId))
    extensions.set(extensionId, selectExtensionCalls(journeys, extensionId))
  const queues = new Map<string, { visits: QueueVisit[]; onPhone: OnPhone[] }>()
  const queueOf = (queueId: string) => {
    const known = queues.get(queueId) ?? { visits: [], onPhone: [] }
    queues.set(queueId, known)
    return known
  }
  for (const call of calls)
    for (const visit of selectQueueVisits(call, isQueueId)) queueOf(visit.queueId).visits.push(visit)
  for (const [extensionId, { live }] of extensions) {
    for (const { telephonySessionId, queueId, state } of live) {
      if (queueId !== undefined && ON_PHONE.has(state))
        queueOf(queueId).onPhone.push({ extensionId, telephonySessionId })
    }
  }
  return { extensions, queues }
}

const ON_PHONE: ReadonlySet<string> = new Set(['talking', 'holding'])

/** Whoever has a part of their own: neither queues nor menus, which only pass a call on. */
function listExtensions(calls: readonly Call[], isQueueId: IsQueueId): ReadonlySet<string> {
  const extensions = new Set<string>()
  for (const call of calls) {
    for (const leg of call.legs) {
      if (leg.extensionId !== undefined && !isQueueId(leg.extensionId) && !isOfQueue(call, leg, isQueueId))
        extensions.add(leg.extensionId)
    }
  }
  return extensions
}
