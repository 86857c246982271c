import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { formatInstant, HOUR_MS, SECOND_MS } from '../shared/time.ts'
import { createApp } from './app.ts'
import { type Clock, every, systemClock } from './clock.ts'
import type { Settings } from './config.ts'
import { openDataFolder } from './data-folder.ts'
import { describeError } from './errors.ts'
import type { EventLog } from './event-log.ts'
import { createFanOut } from './fan-out.ts'
import { createLogger, type Logger } from './log.ts'
import { withRole } from './people.ts'
import { startPeopleCheck } from './people-check.ts'
import { createSdk, createServiceClient } from './ringcentral.ts'
import { createSignInClient } from './ringcentral-sign-in.ts'
import { createSessions } from './sessions.ts'
import { createSignIn } from './sign-in.ts'
import { createStream } from './stream.ts'
import { createSubscriptionOwner, type SubscriptionOwner } from './subscription.ts'
import { createTokenCipher, loadCipherKey } from './token-cipher.ts'

export interface RelayOptions {
  readonly clock?: Clock
  readonly logger?: Logger
  /** The public address, given the one listened on; `settings.publicUrl` unless given. For who lets the system pick a port. */
  readonly publicUrl?: (listeningUrl: string) => string
}

export interface Relay {
  /** Where it listens, `http://127.0.0.1:NNNN`. */
  readonly url: string
  /** Stops accepting, finishes what is under way, tells the clients; the subscription at RingCentral stays. */
  close(): Promise<void>
}

const TRIM_INTERVAL_MS = HOUR_MS
/** What is under way when the relay stops may take so long. */
const CLOSE_TIMEOUT_MS = 5 * SECOND_MS

/** Starts a whole relay and resolves when it listens; the subscription follows by itself. */
export async function startRelay(settings: Settings, options: RelayOptions = {}): Promise<Relay> {
  const { clock = systemClock, logger = createLogger(settings.logLevel) } = options
  const folder = await openDataFolder(settings.dataFolder)
  const { log, records } = folder
  const server = createServer()
  try {
    const cipher = createTokenCipher(await loadCipherKey(settings.secret, settings.dataFolder))
    const url = await listen(server, settings)
    const publicUrl = options.publicUrl?.(url) ?? settings.publicUrl

    const { serverUrl, clientId, clientSecret, userClientId, userClientSecret } = settings
    const service = createServiceClient(createSdk({ serverUrl, clientId, clientSecret }), settings.jwt)
    const client = createSignInClient({ serverUrl, clientId: userClientId, clientSecret: userClientSecret }, clock)
    const sessions = await createSessions({ records, cipher, clock })
    const subscription = await createSubscriptionOwner({ service, records, clock, logger, settings, publicUrl })
    const lastEventAtMs = await trackLastEvent(log)
    const fanOut = createFanOut(log, logger)

    const stream = createStream({
      log,
      fanOut,
      clock,
      logger,
      settings,
      async authenticate(token) {
        const session = await sessions.extend(token)
        return session && { user: withRole(session, settings), expiresAtMs: session.expiresAtMs }
      },
      subscriptionState: () => ({
        status: subscription.state.status,
        expiresAt: instantOrNull(subscription.state.expiresAtMs),
        lastEventAt: instantOrNull(lastEventAtMs()),
      }),
    })
    const onRevoked = (tokenHash: string) => stream.cut(tokenHash)
    const accountId = () => subscription.accountId
    const signIn = createSignIn({ client, sessions, clock, logger, settings, publicUrl, accountId, onRevoked })
    const app = createApp({
      log,
      clock,
      logger,
      signIn,
      extensionIds: settings.extensionIds,
      acceptedSecrets: () => subscription.acceptedSecrets(),
      onReminder: () => subscription.renewSoon(),
      unreadiness: () => describeUnreadiness(subscription, log),
    })
    server.on('request', getRequestListener(app.fetch))
    server.on('upgrade', stream.upgrade)

    subscription.start()
    const stopTrimming = every(clock, TRIM_INTERVAL_MS, () => trim(log, { clock, logger, settings }))
    const stopChecking = startPeopleCheck({ sessions, client, service, clock, logger, accountId, onRevoked })

    return {
      url,
      async close() {
        stopTrimming()
        stopChecking()
        const closed = new Promise((resolve) => server.close(resolve))
        await Promise.all([subscription.close(), stream.close()])
        server.closeIdleConnections()
        const cancel = clock.after(CLOSE_TIMEOUT_MS, () => server.closeAllConnections())
        await closed
        cancel()
        fanOut.close()
        await folder.close()
      },
    }
  } catch (error) {
    server.close()
    await folder.close()
    throw error
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

/** When the last event was received, in ms since the epoch; begins with what the log says of before. */
async function trackLastEvent(log: EventLog): Promise<() => number | undefined> {
  let lastEventAtMs = (await log.read(log.headPosition - 1, 1))[0]?.receivedAtMs
  log.onAppended((events) => {
    lastEventAtMs = events.at(-1)?.receivedAtMs
  })
  return () => lastEventAtMs
}

function describeUnreadiness({ state }: SubscriptionOwner, log: EventLog): readonly string[] {
  return [
    ...(state.status === 'Active' ? [] : [`The subscription should be Active, but is ${state.status}.`]),
    ...(log.isWritable ? [] : ['The event log should be writable, but the last write failed.']),
  ]
}

function trim(
  log: EventLog,
  { clock, logger, settings }: { clock: Clock; logger: Logger; settings: Pick<Settings, 'retentionMs'> },
): void {
  log.trim(clock.nowMs() - settings.retentionMs).then(
    (events) => {
      if (events > 0) logger.info({ events }, 'Events older than the retention time were forgotten')
    },
    (error: unknown) => logger.error({ err: describeError(error) }, 'Old events could not be forgotten'),
  )
}

function instantOrNull(ms: number | undefined): string | null {
  return ms === undefined ? null : formatInstant(ms)
}
