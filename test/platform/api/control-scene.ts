import type { Notification } from '../calls/notification.ts'
import { type Platform, type PlatformOptions, startPlatform } from '../platform.ts'
import { type createSdk, logIn, signIn } from '../test-client.ts'
import { startWebhookReceiver } from '../webhook-receiver.ts'

const TELEPHONY = '/restapi/v1.0/account/~/telephony'

type Sdk = ReturnType<typeof createSdk>

/** A tidy platform, a webhook that is told of the whole account, and people who control their calls with the SDK. */
export interface ControlScene {
  readonly platform: Platform
  /** The SDK signed in as somebody; one login for each. */
  as(extensionId: string): Promise<Sdk>
  /** A request below the telephony path: its answer as JSON, `undefined` when it has none. Throws what the SDK throws. */
  ask(extensionId: string, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<unknown>
  /** Every event that was delivered, by session in the order they came, and by number. */
  events(telephonySessionId?: string): readonly Notification[]
  /** The events of a session as `8 -2 Disconnected BlindTransfer`: number, party, state, reason. */
  story(telephonySessionId: string): readonly string[]
  close(): Promise<void>
}

export async function startControlScene(options: PlatformOptions = {}): Promise<ControlScene> {
  const platform = await startPlatform({ tidy: true, ...options })
  const webhook = await startWebhookReceiver()
  await (await logIn(platform)).post('/restapi/v1.0/subscription', {
    eventFilters: ['/restapi/v1.0/account/~/telephony/sessions'],
    deliveryMode: { transportType: 'WebHook', address: webhook.address },
  })
  const logins = new Map<string, Promise<Sdk>>()
  const as = (extensionId: string): Promise<Sdk> => {
    const login = logins.get(extensionId) ?? signIn(platform, extensionId)
    logins.set(extensionId, login)
    return login
  }
  const events = (telephonySessionId?: string): Notification[] => {
    const all = webhook.deliveries.map(({ text }): Notification => JSON.parse(text))
    const order = [...new Set(all.map(({ body }) => body.telephonySessionId))]
    return all
      .filter(({ body }) => telephonySessionId === undefined || body.telephonySessionId === telephonySessionId)
      .sort(
        ({ body: a }, { body: b }) =>
          order.indexOf(a.telephonySessionId) - order.indexOf(b.telephonySessionId) || a.sequence - b.sequence,
      )
  }
  return {
    platform,
    as,
    events,
    async ask(extensionId, method, path, body) {
      const response = await (await as(extensionId)).send({ method, url: TELEPHONY + path, body })
      const text = await response.text()
      return text === '' ? undefined : JSON.parse(text)
    },
    story: (telephonySessionId) =>
      events(telephonySessionId).map(({ body: { sequence, parties } }) => {
        const [party] = parties
        return [sequence, party?.id.slice(-2), party?.status.code, party?.status.reason].filter(Boolean).join(' ')
      }),
    async close() {
      await platform.close()
      await webhook.close()
    },
  }
}
