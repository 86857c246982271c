import './numbering-plans.ts'
import { getRequestListener } from '@hono/node-server'
import type { Clock } from '../shared/clock.ts'
import { createApp } from './app.ts'
import { createCapabilities } from './capabilities.ts'
import { systemClock } from './clock.ts'
import type { Settings } from './config.ts'
import { createConfirmedTime } from './confirmed-time.ts'
import { createRefusalMemory } from './control/refusal-memory.ts'
import { createFailureLimits } from './http/failure-limits.ts'
import { CLOSE_TIMEOUT_MS, closeServer, listen, serveOnceReady } from './http/listening.ts'
import { createRefusedConnections } from './http/refused-connections.ts'
import { createHttpServer } from './http/server.ts'
import { createUnderWay } from './http/under-way.ts'
import { trackLastEvent } from './log/last-event.ts'
import { createLogger, type Logger } from './logger.ts'
import { createMetrics } from './metrics.ts'
import { createLogins } from './people/logins.ts'
import { createRights } from './people/rights.ts'
import { createSignInLimits } from './people/sign-in-limits.ts'
import { createTokenCipher, loadCipherKey } from './people/token-cipher.ts'
import { findUnready } from './readiness.ts'
import { repairUnstoredDeliveries } from './repair/unstored-deliveries.ts'
import { createAccountLive } from './start/account-live.ts'
import { createCrmPart } from './start/crm.ts'
import { createDuties } from './start/duties.ts'
import { createPeople } from './start/people.ts'
import { createPlatform } from './start/platform.ts'
import { createRouting } from './start/routing.ts'
import { createStreaming } from './start/streaming.ts'
import { startWatches } from './start/watches.ts'
import { openStorage } from './storage/open-storage.ts'

export interface RelayOptions {
  readonly clock?: Clock
  readonly logger?: Logger
  /** Log lines that nobody took; none unless given. */
  readonly lostLogLines?: () => number
  /** The log failed in a way that must not be tried again: the process should end. Ends it by an uncaught error unless given. */
  readonly onFailed?: (error: Error) => void
  /** The public address, given the one listened on; `settings.publicUrl` unless given. For who lets the system pick a port. */
  readonly publicUrl?: (listeningUrl: string) => string
}

export interface Relay {
  /** Where it listens, `http://127.0.0.1:NNNN`. */
  readonly url: string
  /** Stops accepting, finishes what is under way, tells the clients; the subscription at RingCentral stays. */
  close(): Promise<void>
}

/** Starts a whole relay and resolves when it listens; the subscription follows by itself. */
export async function startRelay(settings: Settings, options: RelayOptions = {}): Promise<Relay> {
  const { clock = systemClock, logger = createLogger(settings.logLevel), onFailed } = options
  const storage = await openStorage(settings, { clock, logger, onFailed, onDamaged: onFailed })
  const { log, records, shared, ownership } = storage
  const time = createConfirmedTime(clock)
  const failures = createFailureLimits(clock, settings.redisUrl === undefined ? undefined : shared.tally('failures'))
  const signInLimits = createSignInLimits(shared, failures)
  const metrics = createMetrics()
  const refused = createRefusedConnections(clock, logger)
  const server = createHttpServer({ trustedProxies: settings.trustedProxies, failures, refused })
  const serve = serveOnceReady(server)
  const stopping = new AbortController()
  /** Ends what has begun, where the start fails after it. */
  const ends: (() => unknown)[] = []
  try {
    const key = await loadCipherKey(settings.secret, settings.dataFolder)
    const url = await listen(server, settings)
    const publicUrl = options.publicUrl?.(url) ?? settings.publicUrl
    const capabilities = createCapabilities(clock)
    const base = { settings, clock, time, logger, metrics, capabilities, log, records, shared, ownership, publicUrl }
    const platform = createPlatform(base, stopping.signal)
    const { statuses } = platform
    const duties = await createDuties(base, platform)
    const { repair, subscription } = duties
    ends.push(ownership.end)
    const logins = await createLogins({ records, cipher: createTokenCipher(key), time })
    const rights = await createRights({ records, settings })
    const lastEventAtMs = await trackLastEvent(log)
    const deliveries = createUnderWay()
    const isBusy = () => deliveries.count > 0
    const stream = createStreaming(base, { duties, logins, rights, failures, signInLimits, isBusy, lastEventAtMs })
    ends.push(stream.close)
    const people = createPeople(base, {
      platform,
      duties,
      key,
      logins,
      rights,
      limits: signInLimits,
      onRevoked: (tokenHash) => stream.cut(tokenHash),
    })
    const { signIn, rightsReading, tokens, personClient: client } = people
    const refusals = createRefusalMemory(clock)
    rights.onChanged((extensionId) => {
      refusals.forget(`${extensionId} `)
      const own = logins.all().filter((login) => login.extensionId === extensionId)
      stream.changeRights(new Set(own.map(({ tokenHash }) => tokenHash)))
    })
    const accountLive = createAccountLive(base, { platform, isBusy })
    const { liveCalls, directory } = accountLive
    const routing = await createRouting(base, { platform, duties, logins, client, directory, isBusy })
    const crm = await createCrmPart(base, { platform, duties, directory, key, isBusy, signal: stopping.signal })
    ends.push(accountLive.close, routing.close, crm.close)
    metrics.watch({
      log,
      nowMs: () => clock.nowMs(),
      clients: () => stream.figures(),
      failures: () => failures.total,
      refusedConnections: (limit) => refused.total(limit),
      lostLogLines: options.lostLogLines ?? (() => 0),
      subscription: () => subscription.state,
      isOwner: () => ownership.isOwner,
      lastEventAtMs,
      crmRecords: crm.count,
    })
    const app = createApp({
      ...base,
      liveCalls,
      directory,
      deliveries,
      metrics: { ...metrics, countDelivery: repairUnstoredDeliveries({ log, metrics, repair }) },
      failures,
      trustedProxies: settings.trustedProxies,
      signIn,
      statuses,
      logins,
      rights,
      rightsReading,
      refusals,
      client,
      extensionIds: settings.extensionIds,
      acceptedSecrets: subscription.acceptedSecrets,
      refreshSecrets: subscription.refreshSecrets,
      onReminder: subscription.renewSoon,
      unready: () => findUnready(log, subscription.state),
      routing,
      crm: crm.crm,
    })
    serve({ request: getRequestListener(app.fetch), upgrade: stream.upgrade })
    const { findMaxBytes } = storage
    const watched = { platform, duties, people, logins, rights, directory, findMaxBytes, lastEventAtMs }
    const stopWatches = await startWatches(base, watched)
    await ownership.begin()

    return {
      url,
      async close() {
        await stopWatches()
        const closed = closeServer(server)
        const late = setTimeout(() => stopping.abort(), CLOSE_TIMEOUT_MS)
        await Promise.all([ownership.end(), stream.close(), closed])
        clearTimeout(late)
        accountLive.close()
        await Promise.all([routing.close(), crm.close()])
        await signIn.close()
        // A new pair of tokens that is not stored any more would be lost, and its owner signed out.
        await tokens.settled()
        await storage.close()
      },
    }
  } catch (error) {
    stopping.abort()
    for (const end of ends) await end()
    server.close()
    server.closeAllConnections()
    await storage.close()
    throw error
  }
}
