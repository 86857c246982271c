import { formatInstant } from '../../shared/time.ts'
import { newLegacySessionId, newSessionKey } from './ids.ts'
import {
  type Happening,
  type NotificationEndpoint,
  type NotificationParty,
  telephonyEventPath,
} from './notification.ts'
import type { ExternalCaller, Person } from './people.ts'

/** Who calls whom: somebody from outside, or a colleague, calls an agent. */
export interface CallPlan {
  readonly caller:
    | { readonly kind: 'outside'; readonly who: ExternalCaller }
    | { readonly kind: 'colleague'; readonly who: Person }
  readonly agent: Person
  /** From this event on, an outside caller's name is known; looking it up takes the platform a moment. */
  readonly callerNameFromSequence: number
}

export type Side = 'caller' | 'agent'

/** One change of one party. */
export interface Change {
  readonly side: Side
  readonly code: 'Setup' | 'Proceeding' | 'Answered' | 'Hold' | 'Disconnected'
  readonly reason?: string
  readonly missedCall?: boolean
}

/**
 * Writes the events of one call as the platform does: the caller's party `-1`, the agent's `-2`, numbers from 2, and in each
 * event the fields that recorded traffic has there.
 */
export function createCallWriter(plan: CallPlan) {
  const key = newSessionKey()
  const sessionId = newLegacySessionId()
  let sequence = 1
  return {
    telephonySessionId: `s-${key}`,
    write(change: Change, { eventTimeMs, stampMs }: { eventTimeMs: number; stampMs: number }): Happening {
      sequence += 1
      const party = describeParty(plan, change, key, sequence)
      return {
        event: telephonyEventPath(party.accountId, party.extensionId),
        timestamp: formatInstant(eventTimeMs + stampMs),
        body: {
          sequence,
          sessionId,
          telephonySessionId: `s-${key}`,
          serverId: '10.20.30.44.NWB',
          eventTime: formatInstant(eventTimeMs),
          parties: [party],
          origin: { type: 'Call' },
        },
      }
    },
  }
}

function describeParty(plan: CallPlan, change: Change, key: string, sequence: number): NotificationParty {
  const { caller, agent } = plan
  const isCaller = change.side === 'caller'
  const owner = isCaller ? (caller.kind === 'colleague' ? caller.who : undefined) : agent
  const isRung = !isCaller && (change.code === 'Proceeding' || change.code === 'Answered')
  return {
    accountId: agent.accountId,
    ...(owner && { extensionId: owner.extensionId }),
    id: `p-${key}-${isCaller ? 1 : 2}`,
    direction: isCaller ? 'Outbound' : 'Inbound',
    to: describeCalled(plan, change, isCaller),
    from: isCaller ? describeCallerToItself(plan, change) : describeCallerToAgent(plan, sequence),
    status: {
      code: change.code,
      ...(change.reason !== undefined && { reason: change.reason }),
      ...(isRung && { mobilePickupData: mobilePickupData(agent, key) }),
      rcc: false,
    },
    park: {},
    missedCall: change.missedCall ?? false,
    standAlone: false,
    muted: false,
  }
}

/** The called side: at first the caller's party knows only the number that was dialled. */
function describeCalled({ caller, agent }: CallPlan, { code }: Change, isCaller: boolean): NotificationEndpoint {
  const phoneNumber = caller.kind === 'colleague' ? agent.extensionNumber : agent.phoneNumber
  if (isCaller && code === 'Setup') return { phoneNumber }
  return { phoneNumber, name: agent.name, extensionId: agent.extensionId }
}

/** The caller as the caller's own party shows them. An outside caller's name comes there only with the end of the call. */
function describeCallerToItself({ caller }: CallPlan, { code }: Change): NotificationEndpoint {
  if (caller.kind === 'colleague') {
    const { phoneNumber, name, extensionId, deviceId } = caller.who
    return { phoneNumber, ...(code !== 'Setup' && { name }), extensionId, deviceId }
  }
  const { phoneNumber, name } = caller.who
  if (phoneNumber === undefined) return {}
  return { phoneNumber, ...(code === 'Disconnected' && name !== undefined && { name }) }
}

function describeCallerToAgent({ caller, callerNameFromSequence }: CallPlan, sequence: number): NotificationEndpoint {
  if (caller.kind === 'colleague') {
    const { extensionNumber, name, extensionId, deviceId } = caller.who
    return { phoneNumber: extensionNumber, name, extensionId, deviceId }
  }
  const { phoneNumber, name } = caller.who
  if (phoneNumber === undefined) return {}
  return { phoneNumber, ...(sequence >= callerNameFromSequence && name !== undefined && { name }) }
}

/** Internal to the platform; receivers have no use for it, but meet it. */
function mobilePickupData(agent: Person, key: string): Record<string, unknown> {
  return {
    ccMailboxes: [agent.extensionId],
    to: `#${agent.extensionId}@sip.northwind.example:5060`,
    sid: String(Number.parseInt(key.slice(0, 11), 16)),
    srvLvl: '-100000001',
    srvLvlExt: '300',
  }
}
