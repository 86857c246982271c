import type { Settings } from '../../../relay/config.ts'
import { createConfirmedTime } from '../../../relay/confirmed-time.ts'
import { createMemoryRecords } from '../../../relay/log/records.memory.ts'
import type { Records } from '../../../relay/log/records.ts'
import { createMetrics, type Metrics } from '../../../relay/metrics.ts'
import { createSdk, type TimedServiceClient } from '../../../relay/ringcentral/api.ts'
import { createServiceClient } from '../../../relay/ringcentral/service.ts'
import { createSubscriptionOwner, type SubscriptionOwner } from '../../../relay/ringcentral/subscription.ts'
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { type Platform, type PlatformOptions, startPlatform } from '../../platform/platform.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../../platform/webhook-receiver.ts'
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts'
import { createCollectedLogger } from './collected-logger.ts'
import { settle } from './subscriber-bench.ts'

/** The owner of the subscription at the stand-in RingCentral, over real HTTP and in a time that the test decides. */
export interface SubscriptionScene {
  readonly platform: Platform
  readonly webhook: WebhookReceiver
  readonly clock: ManualClock
  readonly records: Records
  readonly metrics: Metrics
  /** As the owner's user; requests through it are waited for by {@link idle}. */
  readonly service: TimedServiceClient
  /** Everything that was logged, as one text. */
  logText(): string
  /** Starts an owner, as a start of the relay does, and waits until it has nothing to do. */
  start(options?: StartOptions): Promise<SubscriptionOwner>
  /** Lets so much time pass, and waits until everything that fell due is done. */
  pass(ms: number): Promise<void>
  /** Lets so much time pass in steps of a second, or of `stepMs`, so that one thing follows the other at its own time. */
  passSlowly(ms: number, stepMs?: number): Promise<void>
  /** Waits until no request is under way and none follows. */
  idle(): Promise<void>
  /** `METHOD path` of what the platform was asked since the last call, without the tokens' and own extension's requests. */
  takeRequests(): readonly string[]
  close(): Promise<void>
}

export interface StartOptions {
  readonly settings?: Pick<Settings, 'scope' | 'extensions'>
  readonly records?: Records
  readonly service?: TimedServiceClient
  readonly publicUrl?: string
  readonly onInPlace?: (change: 'started' | 'recreated') => void
  /** It ends in the middle of something, as a process that is killed; nobody closes it. */
  readonly isKilled?: boolean
}

export async function startSubscriptionScene(options: PlatformOptions = {}): Promise<SubscriptionScene> {
  const clock = createManualClock()
  const platform = await startPlatform({ tidy: true, nowMs: () => clock.elapsedMs(), ...options })
  const webhook = await startWebhookReceiver()
  const records = createMemoryRecords()
  const logger = createCollectedLogger()
  const { clientId, clientSecret, jwt } = platform.credentials
  let underWay = 0
  const metrics = createMetrics()
  const time = createConfirmedTime(clock)
  const sdk = createSdk({ serverUrl: platform.url, clientId, clientSecret })
  const inner = createServiceClient(sdk, { jwt, clock, metrics, time })
  const sendTimed: TimedServiceClient['sendTimed'] = async (request) => {
    underWay += 1
    try {
      return await inner.sendTimed(request)
    } finally {
      underWay -= 1
    }
  }
  const service: TimedServiceClient = { sendTimed, send: async (request) => (await sendTimed(request)).body }
  const owners: SubscriptionOwner[] = []
  let taken = 0

  async function idle(): Promise<void> {
    await settle()
    while (underWay > 0) await settle()
  }

  async function pass(ms: number): Promise<void> {
    clock.advance(ms)
    await platform.passTime(0)
    await idle()
  }

  return {
    platform,
    webhook,
    clock,
    records,
    metrics,
    service,
    logText: logger.text,
    idle,
    pass,
    async passSlowly(ms, stepMs = SECOND_MS) {
      for (let passed = 0; passed < ms; passed += stepMs) await pass(stepMs)
    },
    async start({ isKilled = false, ...changes } = {}) {
      const owner = await createSubscriptionOwner({
        service,
        records,
        clock,
        time,
        logger: logger.logger,
        settings: { scope: 'account', extensions: [] },
        publicUrl: webhook.address.replace(/\/webhook$/, ''),
        random: () => 1,
        ...changes,
      })
      if (!isKilled) owners.push(owner)
      owner.start()
      await idle()
      return owner
    },
    takeRequests() {
      const all = platform.requests()
      const lines = all.slice(taken).map(({ method, path }) => `${method} ${path.replace('/restapi/', '')}`)
      taken = all.length
      return lines.filter((line) => line.includes('subscription'))
    },
    async close() {
      for (const owner of owners) await owner.close()
      await platform.close()
      await webhook.close()
    },
  }
}

/** Within this a look at the subscription follows. */
export const LOOK_MS = MINUTE_MS / 2

/** The user whom the JWT belongs to. */
export const SERVICE_USER = '400109'

/** Those of {@link SubscriptionScene.takeRequests} that create a subscription. */
export const creates = (lines: readonly string[]) => lines.filter((line) => line === 'POST v1.0/subscription')
