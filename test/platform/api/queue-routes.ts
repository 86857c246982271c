import { Hono } from 'hono'
import type { Directory } from '../directory.ts'
import type { Person } from '../people.ts'
import type { Overflow, Queue } from '../queue.ts'
import type { CountAs } from './count-as.ts'
import { describePage } from './pages.ts'
import { notFound } from './rest-error.ts'
import type { Needs, RestEnv } from './rest-session.ts'

/** The account's call queues, who is in them, and how they are set. Mounted below an account's path. */
export function createQueueRoutes(world: {
  readonly directory: Directory
  readonly countAs: CountAs
  readonly needs: Needs
}): Hono<RestEnv> {
  const { directory, countAs, needs } = world
  const routes = new Hono<RestEnv>()
  const readQueues = needs('ReadAccounts', 'ReadExtensions')

  const find = ({ accountId }: Person, extensionId: string, parameterName: string): Queue => {
    const queue = directory.findQueue(accountId, extensionId)
    if (queue === undefined) throw notFound(parameterName)
    return queue
  }

  routes.get('/call-queues', countAs('Medium'), readQueues, (c) => {
    const page = describePage(c, directory.queues(c.get('login').person.accountId), { perPage: 100, most: 1000 })
    return c.json({ ...page, records: page.records.map((queue) => describeQueue(queue, c.req.url)) })
  })

  routes.get('/call-queues/:groupId', countAs('Light'), readQueues, (c) => {
    const queue = find(c.get('login').person, c.req.param('groupId'), 'groupId')
    const { goalPercent, thresholdS, includesAbandoned, abandonedThresholdS } = queue.settings.serviceLevel
    return c.json({
      ...describeQueue(queue, c.req.url),
      subType: 'Unknown',
      serviceLevelSettings: {
        slaGoal: goalPercent,
        slaThresholdSeconds: thresholdS,
        includeAbandonedCalls: includesAbandoned,
        abandonedThresholdSeconds: abandonedThresholdS,
      },
      editableMemberStatus: true,
      alertTimer: 30,
    })
  })

  // The ids of members are numbers here, as the API description has them.
  routes.get('/call-queues/:groupId/members', countAs('Light'), readQueues, (c) => {
    const { agents } = find(c.get('login').person, c.req.param('groupId'), 'groupId')
    const page = describePage(c, agents, { perPage: 100, most: 1000 })
    return c.json({
      ...page,
      records: page.records.map(({ accountId, extensionId, extensionNumber }) => ({
        uri: `${originOf(c.req.url)}/restapi/v1.0/account/${accountId}/extension/${extensionId}`,
        id: Number(extensionId),
        extensionNumber,
      })),
    })
  })

  routes.get(
    '/extension/:extensionId/answering-rule/business-hours-rule',
    countAs('Light'),
    needs('ReadAccounts'),
    (c) => {
      const queue = find(c.get('login').person, c.req.param('extensionId'), 'extensionId')
      return c.json({
        uri: c.req.url,
        id: 'business-hours-rule',
        type: 'BusinessHours',
        enabled: true,
        callHandlingAction: 'AgentQueue',
        queue: describeRule(queue, directory),
      })
    },
  )

  return routes
}

function describeQueue({ accountId, extensionId, extensionNumber, name }: Queue, url: string) {
  return {
    uri: `${originOf(url)}/restapi/v1.0/account/${accountId}/call-queues/${extensionId}`,
    id: extensionId,
    extensionNumber,
    name,
    status: 'Enabled',
  }
}

function describeRule({ accountId, settings, agents }: Queue, directory: Directory) {
  const { transferMode, agentTimeoutS, wrapUpS, holdS, expired, maxCallers, full } = settings
  const transfers = [
    { action: 'HoldTimeExpiration', to: expired },
    { action: 'MaxCallers', to: full },
  ].flatMap(({ action, to }) => {
    if (to === 'Voicemail') return []
    const {
      extensionId: id,
      name,
      extensionNumber,
    } = directory.findQueue(accountId, to.toExtensionId) ??
      directory.find(accountId, to.toExtensionId) ?? { extensionId: to.toExtensionId, name: '', extensionNumber: '' }
    return [{ action, extension: { id, name, extensionNumber } }]
  })
  return {
    transferMode,
    ...(transfers.length > 0 && { transfer: transfers }),
    noAnswerAction: 'WaitPrimaryMembers',
    ...(transferMode === 'FixedOrder' && {
      fixedOrderAgents: agents.map(({ extensionId, name, extensionNumber }, index) => ({
        extension: { id: extensionId, name, extensionNumber },
        index: index + 1,
      })),
    }),
    holdAudioInterruptionMode: 'Never',
    holdTimeExpirationAction: describeOverflow(expired),
    agentTimeout: agentTimeoutS,
    wrapUpTime: wrapUpS,
    holdTime: holdS,
    maxCallers,
    maxCallersAction: describeOverflow(full),
  }
}

function describeOverflow(overflow: Overflow): 'Voicemail' | 'TransferToExtension' {
  return overflow === 'Voicemail' ? 'Voicemail' : 'TransferToExtension'
}

function originOf(url: string): string {
  return new URL(url).origin
}
