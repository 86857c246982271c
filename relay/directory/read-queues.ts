import * as v from 'valibot'
import type { DirectoryQueue } from '../../shared/protocol/http/directory.ts'
import type { ServiceClient } from '../ringcentral/api.ts'
import { id } from '../ringcentral/id.ts'
import { readPages } from './read-pages.ts'
import { readName } from './read-people.ts'

const text = v.fallback(v.optional(v.string()), undefined)
const flag = v.fallback(v.optional(v.boolean()), undefined)
const amount = v.fallback(v.optional(v.pipe(v.number(), v.minValue(0))), undefined)
const listed = v.object({ id, name: text, extensionNumber: text })
const serviceLevel = v.object({
  slaGoal: amount,
  slaThresholdSeconds: amount,
  includeAbandonedCalls: flag,
  abandonedThresholdSeconds: amount,
})
const settings = v.object({ serviceLevelSettings: v.fallback(v.optional(serviceLevel), undefined) })
const queueRule = v.object({ agentTimeout: amount, wrapUpTime: amount, holdTime: amount, maxCallers: amount })
const rule = v.object({ queue: v.fallback(v.optional(queueRule), undefined) })

export type ListedQueue = v.InferOutput<typeof listed>

/** The account's queues by name. Throws a `RingCentralError`. */
export function listQueues(service: ServiceClient): Promise<readonly ListedQueue[]> {
  return readPages(service, { path: '/call-queues', record: listed, group: 'Medium' })
}

/** What is known of a queue by its name alone. */
export function nameQueue({ id: extensionId, name, extensionNumber }: ListedQueue): DirectoryQueue {
  return {
    name: readName(name) ?? `Queue ${extensionNumber ?? extensionId}`,
    members: [],
    ...(extensionNumber !== undefined && { extensionNumber }),
  }
}

/**
 * Members and settings of a queue, in three requests; `before` is waited for before each. Throws a `RingCentralError`.
 *
 * Source: RingCentral API reference, Get Call Queue, List Call Queue Members, Get Call Handling Rule.
 */
export async function readQueue(
  service: ServiceClient,
  queue: ListedQueue,
  before: () => Promise<void>,
): Promise<DirectoryQueue> {
  const get = async (path: string): Promise<unknown> => {
    await before()
    return service.send({ method: 'GET', path: `/restapi/v1.0/account/~${path}` })
  }
  const queueId = encodeURIComponent(queue.id)
  const { serviceLevelSettings: level } = v.parse(settings, await get(`/call-queues/${queueId}`))
  const path = `/call-queues/${queueId}/members`
  const members = await readPages(service, { path, record: v.object({ id }), group: 'Light', before })
  const handling = v.parse(rule, await get(`/extension/${queueId}/answering-rule/business-hours-rule`)).queue
  return withoutUnknown({
    ...nameQueue(queue),
    members: members.map((member) => member.id),
    slaGoal: level?.slaGoal,
    slaSeconds: level?.slaThresholdSeconds,
    slaCountsAbandoned: level?.includeAbandonedCalls,
    abandonedAfterSeconds: level?.abandonedThresholdSeconds,
    maxCallers: handling?.maxCallers,
    maxWaitSeconds: handling?.holdTime,
    agentTimeoutSeconds: handling?.agentTimeout,
    wrapUpSeconds: handling?.wrapUpTime,
  })
}

/** Fields that RingCentral does not tell are absent. */
function withoutUnknown<Fields extends object>(fields: Fields): { [Name in keyof Fields]: NonNullable<Fields[Name]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}
