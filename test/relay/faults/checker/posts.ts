/** The events that were posted, and which of them the relay acknowledged. */
export interface PostedEvent {
  readonly uuid: string
  readonly extensionId: string
  readonly body: string
}

export interface Posts {
  next(): PostedEvent
  acknowledge(event: PostedEvent): void
  acknowledgedFor(reader: { readonly seesAll: boolean; readonly extensionId: string }): readonly string[]
  acknowledgedCount(): number
  /** Whose call a posted event belongs to; `undefined` for one that was never posted. */
  ownerOf(uuid: string): string | undefined
  readonly problems: string[]
}

/** Events in a session. */
const SESSION_EVENTS = 9
/** Sessions that go on at the same time. */
const SESSIONS_AT_A_TIME = 8

export function createPosts(extensionIds: readonly string[]): Posts {
  const owners = new Map<string, string>()
  const acknowledged = new Map<string, string>()
  const run = `${process.pid}-${Date.now()}`
  let count = 0
  return {
    problems: [],
    next() {
      const block = Math.floor(count / (SESSION_EVENTS * SESSIONS_AT_A_TIME))
      const session = block * SESSIONS_AT_A_TIME + (count % SESSIONS_AT_A_TIME)
      const sequence = 2 + (Math.floor(count / SESSIONS_AT_A_TIME) % SESSION_EVENTS)
      count += 1
      const extensionId = extensionIds[session % extensionIds.length] ?? ''
      const uuid = `${run}-${count}`
      owners.set(uuid, extensionId)
      return { uuid, extensionId, body: JSON.stringify(buildEvent(uuid, `s-${run}-${session}`, sequence, extensionId)) }
    },
    acknowledge({ uuid, extensionId }) {
      acknowledged.set(uuid, extensionId)
    },
    acknowledgedFor: ({ seesAll, extensionId }) =>
      [...acknowledged].filter(([, owner]) => seesAll || owner === extensionId).map(([uuid]) => uuid),
    acknowledgedCount: () => acknowledged.size,
    ownerOf: (uuid) => owners.get(uuid),
  }
}

function buildEvent(uuid: string, telephonySessionId: string, sequence: number, extensionId: string) {
  const nowMs = Date.now()
  return {
    uuid,
    event: `/restapi/v1.0/account/400100/extension/${extensionId}/telephony/sessions`,
    timestamp: new Date(nowMs).toISOString(),
    subscriptionId: 'any',
    ownerId: extensionId,
    body: {
      sequence,
      sessionId: '425008160016',
      telephonySessionId,
      serverId: '10.13.22.28.TAM',
      eventTime: new Date(nowMs - 50).toISOString(),
      parties: [
        {
          accountId: '400100',
          extensionId,
          id: `p-${telephonySessionId}-1`,
          direction: 'Inbound',
          to: { phoneNumber: '+12025550101', name: 'Agent One', extensionId },
          from: { phoneNumber: '+12025550123' },
          status: { code: sequence % 2 === 0 ? 'Answered' : 'Hold', rcc: false },
          park: {},
          missedCall: false,
          standAlone: false,
          muted: false,
        },
      ],
      origin: { type: 'Call' },
    },
  }
}
