import { isIPv6 } from 'node:net'
import type { Clock } from '../../shared/clock.ts'
import { MINUTE_MS } from '../../shared/time.ts'

/**
 * Counts what strangers get wrong, per address: wrong tokens and secrets, bad requests, sockets that end without a valid
 * hello. Only failures count, so that an office of a thousand signed-in clients behind one address is never in the way of
 * itself; and valid requests are served even from an address that is over its limit.
 *
 * Each address has a level that failures raise and time lowers. Beyond {@link MAX_FAILURES} a failure is answered with
 * "too many" in place of the reason, and fewer sockets may wait for their hello.
 */
export interface FailureLimits {
  /** Takes down a failure; true when the address is now over its limit. */
  count(address: string): boolean
  isOver(address: string): boolean
  /** Failures since the start. */
  readonly total: number
}

/** Failures at once, and again within each minute: a client that is set up wrongly needs a few, a person guessing has no use for them. */
export const MAX_FAILURES = 120
/** When to come back: by then there is room for some again. */
export const RETRY_AFTER_S = 10
/** The oldest address gives way: a flood from many can't fill the memory. */
const MAX_ADDRESSES = 10_000

/** Counts failures of all relays within a minute; resolves with how many an address has. */
interface FailureTally {
  add(network: string): Promise<number>
}

interface Level {
  readonly failures: number
  readonly atMs: number
}

/**
 * `tally`: where relays share their limits, what all of them count. This one's own count decides at once; what comes of all
 * counts from the moment that it is known.
 */
export function createFailureLimits(clock: Pick<Clock, 'nowMs'>, tally?: FailureTally): FailureLimits {
  const levels = new Map<string, Level>()
  let total = 0

  function failuresOf(network: string): number {
    const level = levels.get(network)
    if (level === undefined) return 0
    // A clock that was set back lowers nothing.
    const elapsedMs = Math.max(0, clock.nowMs() - level.atMs)
    return Math.max(0, level.failures - (elapsedMs * MAX_FAILURES) / MINUTE_MS)
  }

  function raise(network: string, failures: number): void {
    levels.delete(network)
    levels.set(network, { failures, atMs: clock.nowMs() })
    if (levels.size > MAX_ADDRESSES) dropOldest(levels)
  }

  return {
    count(address) {
      total += 1
      const network = networkOf(address)
      void tally?.add(network).then(
        (inAll) => {
          if (inAll > MAX_FAILURES) raise(network, MAX_FAILURES + 1)
        },
        () => undefined,
      )
      // No more than one beyond the limit: a flood should be forgotten as soon as it ends.
      const failures = Math.min(failuresOf(network) + 1, MAX_FAILURES + 1)
      raise(network, failures)
      return failures > MAX_FAILURES
    },
    get total() {
      return total
    },
    isOver: (address) => failuresOf(networkOf(address)) >= MAX_FAILURES,
  }
}

/** Somebody with an IPv6 address has at least 2^64 of them: all of a /64 are one. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? []
  const groups = head === '' ? [] : head.split(':')
  const tailLength = tail ? tail.split(':').length : 0
  const missing = tail === undefined ? 0 : 8 - groups.length - tailLength
  const all = [...groups, ...Array.from({ length: missing }, () => '0'), ...(tail ? tail.split(':') : [])]
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}

function dropOldest(levels: Map<string, Level>): void {
  for (const network of levels.keys()) {
    levels.delete(network)
    return
  }
}
