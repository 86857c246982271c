/** Notifications as RingCentral sends them, with invented people. */
export interface NotificationOptions {
  readonly uuid?: string
  readonly telephonySessionId?: string
  readonly sequence?: number
  /** Owners of the parties, one party each; `undefined` is somebody outside the account. */
  readonly owners?: readonly (string | undefined)[]
  readonly code?: string
}

export function notification(options: NotificationOptions = {}) {
  const { uuid, telephonySessionId = 's-1', sequence = 2, owners = ['400102'], code = 'Proceeding' } = options
  return {
    uuid: uuid ?? `${telephonySessionId}:${sequence}`,
    event: '/restapi/v1.0/account/400100/telephony/sessions',
    timestamp: '2026-01-05T09:00:00.050Z',
    subscriptionId: 'sub-1',
    ownerId: '400109',
    body: {
      sequence,
      sessionId: '7',
      telephonySessionId,
      serverId: '10.0.0.1.TST',
      eventTime: '2026-01-05T09:00:00.000Z',
      parties: owners.map((extensionId, index) => ({
        accountId: '400100',
        ...(extensionId === undefined ? {} : { extensionId }),
        id: `p-${telephonySessionId}-${index + 1}`,
        direction: 'Inbound',
        status: { code },
      })),
      origin: { type: 'Call' },
    },
  }
}
