import { startPlatform } from '../../platform/platform.ts'
import { type Balancer, startBalancer } from '../../relay/support/balancer.ts'
import { findFreePort } from '../../support/free-port.ts'
import { type RelayProcess, startRelayProcess } from '../relay-process.ts'

/** Two relays on one Redis behind one address, subscribed at the stand-in. */
export interface Pair {
  /** The balancer's address, which is the relays' own as others see it. */
  readonly url: string
  readonly relays: readonly [RelayProcess, RelayProcess]
  /** Starts the one again that was killed. */
  restart(index: 0 | 1): Promise<void>
  close(): Promise<void>
}

export const SUPERVISOR_ID = '400101'

export async function startPair(redisUrl: string, folder: string): Promise<Pair> {
  const platform = await startPlatform({ tidy: true })
  const ports = [await findFreePort(), await findFreePort()] as const
  const balancer: Balancer = await startBalancer(() => ports)
  const start = (index: 0 | 1) =>
    startRelayProcess(platform, folder, {
      RELAY_PORT: String(ports[index]),
      RELAY_PUBLIC_URL: balancer.url,
      RELAY_REDIS_URL: redisUrl,
      RELAY_SECRET: 'a secret for benchmarks that nobody else has',
      RELAY_SUPERVISORS: SUPERVISOR_ID,
    })
  const relays: [RelayProcess, RelayProcess] = [await start(0), await start(1)]
  return {
    url: balancer.url,
    relays,
    async restart(index) {
      relays[index] = await start(index)
    },
    async close() {
      await Promise.all(relays.map((relay) => relay.close()))
      await balancer.close()
      await platform.close()
    },
  }
}
