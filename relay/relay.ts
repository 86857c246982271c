import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import { formatInstant, SECOND_MS } from '../shared/time.ts'
import { createApp } from './app.ts'
import { type Clock, systemClock } from './clock.ts'
import { createAdministration } from './command-line/administration.ts'
import { serveCommands } from './command-line/command-socket.ts'
import type { Settings } from './config.ts'
import { createPersonClient } from './control/person-client.ts'
import { describeError } from './errors.ts'
import { createFailureLimits } from './http/failure-limits.ts'
import { createHttpServer } from './http/http-server.ts'
import { createMetrics } from './http/metrics.ts'
import { findUnready } from './http/readiness.ts'
import { openDataFolder } from './log/data-folder.ts'
import type { EventLog, LoggedEvent } from './log/event-log.ts'
import { findLogRoom } from './log/log-room.ts'
import { startLogUpkeep } from './log/log-upkeep.ts'
import { createLogger, type Logger } from './logger.ts'
import { withRole } from './people/people.ts'
import { startPeopleCheck } from './people/people-check.ts'
import { createPeoplePenalties } from './people/people-penalties.ts'
import { createRevokeTokens, createSignOut } from './people/people-sign-out.ts'
import { createPeopleTokens } from './people/people-tokens.ts'
import { createSessions, type Session, type Sessions } from './people/sessions.ts'
import { createSignIn } from './people/sign-in.ts'
import { createTokenCipher, loadCipherKey } from './people/token-cipher.ts'
import { createRepair } from './repair/repair.ts'
import { createRequestBudget } from './repair/request-budget.ts'
import { createSessionStatuses } from './repair/session-statuses.ts'
import { repairUnstoredDeliveries } from './repair/unstored-deliveries.ts'
import { createSdk } from './ringcentral/ringcentral.ts'
import { createServiceClient } from './ringcentral/ringcentral-service.ts'
import { createSignInClient } from './ringcentral/ringcentral-sign-in.ts'
import { createSubscriptionOwner } from './ringcentral/subscription.ts'
import { createFanOut } from './stream/fan-out.ts'
import { createStream } from './stream/stream.ts'

export interface RelayOptions {
  readonly clock?: Clock
  readonly logger?: Logger
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

/** What is under way when the relay stops may take so long. */
const CLOSE_TIMEOUT_MS = 5 * SECOND_MS
const IDLE_INTERVAL_MS = 50
/** Of the fifty of this kind that RingCentral takes. */
const STATUS_REQUESTS_PER_MINUTE = 40

/** Starts a whole relay and resolves when it listens; the subscription follows by itself. */
export async function startRelay(settings: Settings, options: RelayOptions = {}): Promise<Relay> {
  const { clock = systemClock, logger = createLogger(settings.logLevel) } = options
  const folder = await openDataFolder(settings.dataFolder, { onFailed: options.onFailed })
  const { log, records } = folder
  const failures = createFailureLimits(clock)
  const server = createHttpServer({ trustedProxies: settings.trustedProxies, failures })
  const serve = serveOnceReady(server)
  const stopping = new AbortController()
  try {
    const cipher = createTokenCipher(await loadCipherKey(settings.secret, settings.dataFolder))
    const url = await listen(server, settings)
    const publicUrl = options.publicUrl?.(url) ?? settings.publicUrl

    const { serverUrl, clientId, clientSecret, userClientId, userClientSecret } = settings
    const sdk = createSdk({ serverUrl, clientId, clientSecret }, { signal: stopping.signal })
    const service = createServiceClient(sdk, settings.jwt, clock)
    const client = createSignInClient({ serverUrl, clientId: userClientId, clientSecret: userClientSecret }, clock)
    const sessions = await createSessions({ records, cipher, clock })
    const budget = createRequestBudget({ clock, requestsPerMinute: STATUS_REQUESTS_PER_MINUTE })
    const statuses = createSessionStatuses({ service, log, clock, logger, budget })
    const repair = createRepair({ log, service, statuses, budget, clock, logger, settings })
    const hasPast = log.headPosition > 0
    const subscription = await createSubscriptionOwner({
      service,
      records,
      clock,
      logger,
      settings,
      publicUrl,
      onInPlace(change) {
        if (hasPast || change === 'recreated') repair.begin()
      },
    })
    const lastEventAtMs = await trackLastEvent(log)
    const metrics = createMetrics()
    const fanOut = createFanOut(log, logger, metrics)

    const stream = createStream({
      log,
      fanOut,
      clock,
      logger,
      settings,
      failures,
      async authenticate(token) {
        const session = await extendSession(sessions, token, logger)
        return session && { user: withRole(session, settings), expiresAtMs: session.expiresAtMs }
      },
      subscriptionState: () => ({
        status: subscription.state.status,
        expiresAt: instantOrNull(subscription.state.expiresAtMs),
        lastEventAt: instantOrNull(lastEventAtMs()),
      }),
    })
    metrics.watch({
      log,
      nowMs: () => clock.nowMs(),
      clients: () => stream.figures(),
      failures: () => failures.total,
      subscription: () => subscription.state,
      lastEventAtMs,
    })
    const revokeTokens = createRevokeTokens(client, logger)
    const signOut = createSignOut({ sessions, revokeTokens, onRevoked: (tokenHash) => stream.cut(tokenHash) })
    const penalties = createPeoplePenalties(clock)
    const tokens = createPeopleTokens({ sessions, client, penalties, signOut, revokeTokens, clock, logger })
    const accountId = () => subscription.accountId
    const signIn = createSignIn({
      client,
      sessions,
      clock,
      logger,
      settings,
      publicUrl,
      accountId,
      endSession: signOut,
      revokeTokens,
    })
    const app = createApp({
      log,
      clock,
      logger,
      metrics: { ...metrics, countDelivery: repairUnstoredDeliveries({ log, metrics, repair }) },
      failures,
      trustedProxies: settings.trustedProxies,
      signIn,
      statuses,
      sessions,
      settings,
      client: createPersonClient({ serverUrl, tokens, penalties }),
      extensionIds: settings.extensionIds,
      acceptedSecrets: () => subscription.acceptedSecrets(),
      onReminder: () => subscription.renewSoon(),
      unready: () => findUnready(log, subscription.state),
    })
    serve({ request: getRequestListener(app.fetch), upgrade: stream.upgrade })

    subscription.start()
    const findRoom = () => findLogRoom(settings.dataFolder, log.usedBytes)
    const stopUpkeep = startLogUpkeep({ log, clock, logger, settings, findRoom })
    const administration = createAdministration({ sessions, signOut, settings, clock })
    const stopCommands = await serveCommands(settings.dataFolder, administration, logger)
    const stopChecking = startPeopleCheck({ sessions, tokens, client, service, clock, logger, accountId, signOut })

    return {
      url,
      async close() {
        stopUpkeep()
        stopChecking()
        await stopCommands()
        const closed = closeServer(server)
        const late = setTimeout(() => stopping.abort(), CLOSE_TIMEOUT_MS)
        await Promise.all([subscription.close(), repair.close(), stream.close(), closed])
        clearTimeout(late)
        fanOut.close()
        // A new pair of tokens that is not stored any more would be lost, and its owner signed out.
        await tokens.settled()
        await folder.close()
      },
    }
  } catch (error) {
    server.close()
    await folder.close()
    throw error
  }
}

interface Handlers {
  readonly request: (request: IncomingMessage, response: ServerResponse) => unknown
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => unknown
}

/**
 * The address is known, and deliveries arrive, before everything that answers them is there: they wait for it instead of
 * going unanswered. The function that is returned hands over who answers.
 */
function serveOnceReady(server: Server): (handlers: Handlers) => void {
  let ready: (handlers: Handlers) => void = () => undefined
  const handlers = new Promise<Handlers>((resolve) => {
    ready = resolve
  })
  const waitForRequest = (request: IncomingMessage, response: ServerResponse) =>
    handlers.then((made) => made.request(request, response))
  const waitForUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) =>
    handlers.then((made) => made.upgrade(request, socket, head))
  server.on('request', waitForRequest)
  server.on('upgrade', waitForUpgrade)
  return (made) => {
    server.off('request', waitForRequest).on('request', made.request)
    server.off('upgrade', waitForUpgrade).on('upgrade', made.upgrade)
    ready(made)
  }
}

/** Stops accepting and resolves when what is under way is answered, or {@link CLOSE_TIMEOUT_MS} have passed. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  // A kept connection becomes idle with its last answer, and would stay open for its time.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_INTERVAL_MS)
  const late = setTimeout(() => server.closeAllConnections(), CLOSE_TIMEOUT_MS)
  await closed
  clearInterval(idle)
  clearTimeout(late)
}

/** Begins a token's life anew. When that can't be written the token is no less valid: reading goes on while the disk is full. */
async function extendSession(sessions: Sessions, token: string, logger: Logger): Promise<Session | undefined> {
  try {
    return await sessions.extend(token)
  } catch (error) {
    logger.warn({ err: describeError(error) }, "A session's new end could not be stored")
    return sessions.find(token)
  }
}

function listen(server: Server, { host, port }: Pick<Settings, 'host' | 'port'>): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} on ${host} is taken: stop what listens there, or set RELAY_PORT to another port.`)
          : new Error(`The relay can't listen on ${host}, port ${port}: ${error.message}.`),
      ),
    )
    server.listen(port, host, () => {
      const { address, family, port: listeningPort } = server.address() as AddressInfo
      resolve(`http://${family === 'IPv6' ? `[${address}]` : address}:${listeningPort}`)
    })
  })
}

/** Among so many the last one that RingCentral delivered is looked for: the others are answers to status requests. */
const RECENT_EVENTS = 100

/** When the last event was received, in ms since the epoch; begins with what the log says of before. */
async function trackLastEvent(log: EventLog): Promise<() => number | undefined> {
  const isDelivered = ({ kind }: LoggedEvent) => kind === undefined
  const recent = await log.read(Math.max(0, log.headPosition - RECENT_EVENTS), RECENT_EVENTS)
  let lastEventAtMs = recent.findLast(isDelivered)?.receivedAtMs
  log.onAppended((events) => {
    lastEventAtMs = events.findLast(isDelivered)?.receivedAtMs ?? lastEventAtMs
  })
  return () => lastEventAtMs
}

function instantOrNull(ms: number | undefined): string | null {
  return ms === undefined ? null : formatInstant(ms)
}
