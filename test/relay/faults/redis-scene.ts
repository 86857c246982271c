import { tmpdir } from 'node:os'
import { type Platform, startPlatform } from '../../platform/platform.ts'
import { findFreePort } from '../../support/free-port.ts'
import { type Balancer, startBalancer } from '../support/balancer.ts'
import { EXTENSION_ORIGIN } from '../support/extension-address.ts'
import { type RedisServer, type RedisServerOptions, startRedisServer } from '../support/redis-server.ts'
import { type RelayProcess, type RelayProgram, startRelayProcess } from '../support/relay-process.ts'
import { type SignedIn, signIn } from '../support/sign-in-flow.ts'
import { type Checker, startChecker } from './checker/start.ts'

/** Several relays on one Redis behind one address, beside the stand-in RingCentral, and the independent checker. */
export interface RedisScene {
  readonly platform: Platform
  readonly redis: RedisServer
  readonly balancer: Balancer
  /** As they are now; one that was started again is another. */
  readonly relays: readonly RelayProcess[]
  readonly checker: Checker
  readonly agent: SignedIn
  readonly supervisor: SignedIn
  /** What a delivery must carry. */
  secret(): string
  /** The one that says it is the owner last; `undefined` before any has. */
  owner(): RelayProcess | undefined
  /** Starts one again, with the same port. */
  start(index: number, path?: string): Promise<void>
  /** Lets the checker read as both people, over the balancer. */
  read(options?: { readonly mayBeRenamed?: boolean }): Promise<void>
  close(): Promise<void>
}

export interface RedisSceneOptions {
  readonly relays?: number
  readonly redis?: RedisServerOptions
  /** Called before the relays start. */
  readonly onRedis?: (redis: RedisServer) => Promise<void>
  /** In place of the address of the Redis: what leads there in another way. */
  readonly redisUrl?: () => string
  /** Settings of the relays beside those that they need. */
  readonly environment?: Readonly<Record<string, string>>
  /** `RELAY` unless another is given. */
  readonly program?: RelayProgram
}

const MANY_REQUESTS = { Light: 10_000, Medium: 10_000, Heavy: 10_000, Auth: 10_000 }
const AGENT_ID = '400102'
const SUPERVISOR_ID = '400101'
const IS_OWNER = 'This relay is the owner'
export const SECRET = 'a secret for tests that nobody else has'

export async function startRedisScene(options: RedisSceneOptions = {}): Promise<RedisScene> {
  const platform = await startPlatform({
    tidy: true,
    rateLimits: MANY_REQUESTS,
    blacklistAfterMs: Number.MAX_SAFE_INTEGER,
  })
  const redis = await startRedisServer(options.redis)
  await options.onRedis?.(redis)
  const ports = await findPorts(options.relays ?? 2)
  const balancer = await startBalancer(() => ports)
  const environment = {
    RELAY_SUPERVISORS: SUPERVISOR_ID,
    RELAY_PUBLIC_URL: balancer.url,
    RELAY_REDIS_URL: options.redisUrl?.() ?? redis.url,
    RELAY_SECRET: SECRET,
    ...options.environment,
  }
  const program = options.program === undefined ? {} : { program: options.program }
  const startOne = (port: number, path?: string) =>
    startRelayProcess({ platform, dataFolder: tmpdir(), port, environment, ...program }, path)
  const relays = await Promise.all(ports.map((port) => startOne(port)))
  const agent = await signIn({ relay: balancer }, AGENT_ID)
  const supervisor = await signIn({ relay: balancer }, SUPERVISOR_ID)
  const checker = await startChecker()
  return {
    platform,
    redis,
    balancer,
    relays,
    checker,
    agent,
    supervisor,
    secret: () => platform.subscriptions()[0]?.verificationToken ?? '',
    owner() {
      const last = relays.map((relay) => ({ relay, atMs: ownerSinceMs(relay) })).sort((a, b) => b.atMs - a.atMs)[0]
      return last !== undefined && last.atMs > 0 ? last.relay : undefined
    },
    async start(index, path) {
      relays[index] = await startOne(ports[index] ?? 0, path)
    },
    async read(more = {}) {
      const common = { url: balancer.url, origin: EXTENSION_ORIGIN, ...more }
      await checker.read({ ...common, token: supervisor.token, extensionId: SUPERVISOR_ID, seesAll: true })
      await checker.read({ ...common, token: agent.token, extensionId: AGENT_ID, seesAll: false })
    },
    async close() {
      await checker.close()
      await Promise.all(relays.map((relay) => relay.end()))
      await redis.close()
      await platform.close()
      await balancer.close()
    },
  }
}

async function findPorts(count: number): Promise<number[]> {
  const ports: number[] = []
  while (ports.length < count) {
    const port = await findFreePort()
    if (!ports.includes(port)) ports.push(port)
  }
  return ports
}

/** When a relay became the owner, by its log; 0 when it never did. */
function ownerSinceMs({ log }: RelayProcess): number {
  const line = log.findLast((text) => text.includes(IS_OWNER))
  return line === undefined ? 0 : new Date((JSON.parse(line) as { time: string | number }).time).getTime()
}
