import { isIP } from 'node:net'
import type { Clock } from '../../shared/clock.ts'
import { HOUR_MS, MINUTE_MS } from '../../shared/time.ts'
import type { Logger } from '../logger.ts'
import { isTrusted, parseTrustedProxies, type TrustedProxies } from '../trusted-proxies.ts'
import type { ConnectionLimit } from '../watched-metrics.ts'

/** Tells the administrator of connections that were cut without a word, and of a proxy that is not set up. */
export interface RefusedConnections {
  count(limit: ConnectionLimit): void
  total(limit: ConnectionLimit): number
  /** A request has come with `X-Forwarded-For` from an address whose word is not believed. */
  noteForwarded(peer: string): void
}

const SAYS: Readonly<Record<ConnectionLimit, string>> = {
  address:
    'Connections are refused: too many come from one address. If that is a proxy, RELAY_TRUSTED_PROXIES should name it',
  all: 'Connections are refused: there are as many as the relay takes',
}
const FORWARDED =
  'Requests come with X-Forwarded-For from an address that is not believed, so all behind it count as one: if that is your proxy, RELAY_TRUSTED_PROXIES should name it'

export function createRefusedConnections(clock: Pick<Clock, 'elapsedMs'>, logger: Logger): RefusedConnections {
  const totals: Record<ConnectionLimit, number> = { address: 0, all: 0 }
  const saidAtMs = new Map<string, number>()

  /** Whether this was not said within so long. */
  function isTimeTo(say: string, everyMs: number): boolean {
    const nowMs = clock.elapsedMs()
    if (nowMs - (saidAtMs.get(say) ?? Number.NEGATIVE_INFINITY) < everyMs) return false
    saidAtMs.set(say, nowMs)
    return true
  }

  return {
    count(limit) {
      totals[limit] += 1
      if (isTimeTo(limit, MINUTE_MS)) logger.warn({ refused: totals[limit] }, SAYS[limit])
    },
    total: (limit) => totals[limit],
    noteForwarded(peer) {
      // An address of the internet may be anybody's, who wrote the header themselves.
      if (isPrivate(peer) && isTimeTo('forwarded', HOUR_MS)) logger.warn({ proxy: peer }, FORWARDED)
    },
  }
}

const PRIVATE = parseTrustedProxies([
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '::1',
  'fc00::/7',
  'fe80::/10',
]) as TrustedProxies

function isPrivate(address: string): boolean {
  return isIP(address) !== 0 && isTrusted(address, PRIVATE)
}
