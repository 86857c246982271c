import { getRequestListener } from '@hono/node-server'
import type { Clock } from '../shared/clock.ts'
import { formatInstant } from '../shared/time.ts'
import { createApp } from './app.ts'
import { createLiveCalls } from './calls/live-calls.ts'
import { systemClock } from './clock.ts'
import { createAdministration } from './command-line/administration.ts'
import { serveCommands } from './command-line/command-socket.ts'
import type { Settings } from './config.ts'
import { createConfirmedTime } from './confirmed-time.ts'
import { createPersonClient } from './control/person-client.ts'
import { createUnreadDirectory } from './directory/directory.ts'
import { createFailureLimits } from './http/failure-limits.ts'
import { CLOSE_TIMEOUT_MS, closeServer, listen, serveOnceReady } from './http/listening.ts'
import { createRefusedConnections } from './http/refused-connections.ts'
import { createHttpServer } from './http/server.ts'
import { createUnderWay } from './http/under-way.ts'
import { openDataFolder } from './log/data-folder.ts'
import { trackLastEvent } from './log/last-event.ts'
import { createLogRoom } from './log/log-room.ts'
import { startLogUpkeep } from './log/log-upkeep.ts'
import { createLogger, type Logger } from './logger.ts'
import { createMetrics } from './metrics.ts'
import { createAuthenticate } from './people/authenticate.ts'
import { startPeopleCheck } from './people/check.ts'
import { createPeoplePenalties } from './people/penalties.ts'
import { createPendingSignIns } from './people/pending-sign-in.ts'
import { createRightsReading } from './people/read-rights.ts'
import { createRights } from './people/rights.ts'
import { createSessions } from './people/sessions.ts'
import { createSignIn } from './people/sign-in.ts'
import { createSignInLimits } from './people/sign-in-limits.ts'
import { createRevokeTokens, createSignOut } from './people/sign-out.ts'
import { createTokenCipher, deriveKey, loadCipherKey } from './people/token-cipher.ts'
import { createPeopleTokens } from './people/tokens.ts'
import { findUnready } from './readiness.ts'
import { createRepair } from './repair/repair.ts'
import { createRequestBudget } from './repair/request-budget.ts'
import { createSessionStatuses } from './repair/session-statuses.ts'
import { watchSilence } from './repair/silence-watch.ts'
import { repairUnstoredDeliveries } from './repair/unstored-deliveries.ts'
import { createSdk } from './ringcentral/api.ts'
import { createServiceClient } from './ringcentral/service.ts'
import { createSignInClient } from './ringcentral/sign-in.ts'
import { createSubscriptionOwner } from './ringcentral/subscription.ts'
import { createAccountTimeZone } from './ringcentral/time-zone.ts'
import { openWayOut } from './ringcentral/way-out.ts'
import { createCatchUpTurns } from './stream/catch-up-turns.ts'
import { createFanOut } from './stream/fan-out.ts'
import { createStream } from './stream/stream.ts'

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

/** Of the fifty of this kind that RingCentral takes. */
const STATUS_REQUESTS_PER_MINUTE = 40
/** Of these, what the daily check of the people leaves to questions about calls. */
const LEFT_TO_CALLS = 30

/** Starts a whole relay and resolves when it listens; the subscription follows by itself. */
export async function startRelay(settings: Settings, options: RelayOptions = {}): Promise<Relay> {
  const { clock = systemClock, logger = createLogger(settings.logLevel) } = options
  const folder = await openDataFolder(settings.dataFolder, { onFailed: options.onFailed, onDamaged: options.onFailed })
  const { log, records } = folder
  const time = createConfirmedTime(clock)
  const failures = createFailureLimits(clock)
  const signInLimits = createSignInLimits(clock, failures)
  const metrics = createMetrics()
  const refused = createRefusedConnections(clock, logger)
  const server = createHttpServer({ trustedProxies: settings.trustedProxies, failures, refused })
  const serve = serveOnceReady(server)
  const stopping = new AbortController()
  /** Ends what has begun, where the start fails after it. */
  const ends: (() => unknown)[] = []
  try {
    const key = await loadCipherKey(settings.secret, settings.dataFolder)
    const cipher = createTokenCipher(key)
    const url = await listen(server, settings)
    const publicUrl = options.publicUrl?.(url) ?? settings.publicUrl

    const { serverUrl, clientId, clientSecret, userClientId, userClientSecret } = settings
    const wayOut = openWayOut(settings)
    const sdk = createSdk({ serverUrl, clientId, clientSecret }, { signal: stopping.signal, wayOut })
    const service = createServiceClient(sdk, { jwt: settings.jwt, clock, metrics, time })
    const userApp = { serverUrl, clientId: userClientId, clientSecret: userClientSecret }
    const client = createSignInClient(userApp, clock, wayOut)
    const sessions = await createSessions({ records, cipher, time })
    const rights = await createRights({ records, settings })
    const budget = createRequestBudget({ clock, requestsPerMinute: STATUS_REQUESTS_PER_MINUTE })
    const statuses = createSessionStatuses({ service, log, clock, logger, budget, metrics })
    const repair = createRepair({ log, service, statuses, budget, clock, logger, metrics, settings })
    const hasPast = log.headPosition > 0
    const subscription = await createSubscriptionOwner({
      service,
      records,
      clock,
      time,
      logger,
      settings,
      publicUrl,
      onInPlace(change) {
        if (hasPast || change === 'recreated') repair.begin()
      },
    })
    ends.push(subscription.close, repair.close)
    const lastEventAtMs = await trackLastEvent(log)
    const fanOut = createFanOut(log, logger, metrics)
    const deliveries = createUnderWay()

    const stream = createStream({
      log,
      fanOut,
      catchUpTurns: createCatchUpTurns({ isBusy: () => deliveries.count > 0 }),
      clock,
      time,
      logger,
      settings,
      failures,
      onKnown: (address) => signInLimits.noteKnown(address),
      authenticate: createAuthenticate({ sessions, rights, logger }),
      subscriptionState: () => ({
        status: subscription.state.status,
        expiresAt: instantOrNull(subscription.state.expiresAtMs),
        lastEventAt: instantOrNull(lastEventAtMs()),
      }),
    })
    ends.push(stream.close)
    metrics.watch({
      log,
      nowMs: () => clock.nowMs(),
      clients: () => stream.figures(),
      failures: () => failures.total,
      refusedConnections: (limit) => refused.total(limit),
      lostLogLines: options.lostLogLines ?? (() => 0),
      subscription: () => subscription.state,
      lastEventAtMs,
    })
    const revokeTokens = createRevokeTokens(client, logger)
    const signOut = createSignOut({ sessions, rights, revokeTokens, onRevoked: (tokenHash) => stream.cut(tokenHash) })
    const penalties = createPeoplePenalties(clock)
    const tokens = createPeopleTokens({ sessions, client, penalties, signOut, revokeTokens, clock, logger })
    rights.onChanged((extensionId) => {
      const own = sessions.all().filter((session) => session.extensionId === extensionId)
      stream.changeRights(new Set(own.map(({ tokenHash }) => tokenHash)))
    })
    const takeRequest = () => budget.take(LEFT_TO_CALLS)
    const rightsReading = createRightsReading({
      rights,
      sessions,
      tokens,
      client,
      penalties,
      service,
      takeRequest,
      clock,
      time,
      logger,
    })
    const accountId = () => subscription.accountId
    const signIn = createSignIn({
      client,
      sessions,
      pending: createPendingSignIns(createTokenCipher(deriveKey(key, 'ringside pending sign-ins')), clock),
      limits: signInLimits,
      rights,
      rightsReading,
      clock,
      logger,
      settings,
      publicUrl,
      accountId,
      endSession: signOut,
      revokeTokens,
    })
    const directory = createUnreadDirectory()
    const liveCalls = createLiveCalls({
      log,
      clock,
      logger,
      directory,
      timeZone: createAccountTimeZone({ service, clock, logger }),
      isBusy: () => deliveries.count > 0,
    })
    ends.push(liveCalls.close)
    const app = createApp({
      liveCalls,
      directory,
      log,
      deliveries,
      clock,
      logger,
      metrics: { ...metrics, countDelivery: repairUnstoredDeliveries({ log, metrics, repair }) },
      failures,
      trustedProxies: settings.trustedProxies,
      signIn,
      statuses,
      sessions,
      rights,
      rightsReading,
      settings,
      client: createPersonClient({ serverUrl, tokens, penalties, wayOut }),
      extensionIds: settings.extensionIds,
      acceptedSecrets: () => subscription.acceptedSecrets(),
      onReminder: () => subscription.renewSoon(),
      unready: () => findUnready(log, subscription.state),
    })
    serve({ request: getRequestListener(app.fetch), upgrade: stream.upgrade })

    subscription.start()
    const findRoom = createLogRoom(settings.dataFolder, () => log.usedBytes)
    const stopUpkeep = startLogUpkeep({ log, clock, time, logger, settings, findRoom })
    ends.push(stopUpkeep)
    const administration = createAdministration({ sessions, signOut, rights, time })
    const stopCommands = await serveCommands(settings.dataFolder, administration, logger)
    const stopWatching = watchSilence({
      clock,
      lastEventAtMs,
      isActive: () => subscription.state.status === 'Active',
      onSilence: () => repair.lookForUnheard(),
    })
    const stopChecking = startPeopleCheck({
      sessions,
      tokens,
      client,
      service,
      takeRequest,
      clock,
      time,
      logger,
      accountId,
      signOut,
    })

    const stopReadingRights = rightsReading.start()

    return {
      url,
      async close() {
        stopUpkeep()
        stopChecking()
        stopReadingRights()
        stopWatching()
        await stopCommands()
        const closed = closeServer(server)
        const late = setTimeout(() => stopping.abort(), CLOSE_TIMEOUT_MS)
        await Promise.all([subscription.close(), repair.close(), stream.close(), closed])
        clearTimeout(late)
        liveCalls.close()
        fanOut.close()
        signIn.close()
        // A new pair of tokens that is not stored any more would be lost, and its owner signed out.
        await tokens.settled()
        await folder.close()
      },
    }
  } catch (error) {
    stopping.abort()
    for (const end of ends) await end()
    server.close()
    server.closeAllConnections()
    await folder.close()
    throw error
  }
}

function instantOrNull(ms: number | undefined): string | null {
  return ms === undefined ? null : formatInstant(ms)
}
