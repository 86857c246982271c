import type { Clock } from '../../shared/clock.ts'
import { MINUTE_MS } from '../../shared/time.ts'
import { type FailureLimits, networkOf } from '../http/failure-limits.ts'

/**
 * How many sign-ins strangers may begin, and how many codes they may invent. A browser that begins a sign-in has a state that
 * RingCentral would send back, so a code can't be told from an invented one before RingCentral is asked; and RingCentral
 * takes five wrong ones a minute before it refuses the app's logins.
 *
 * An address from which somebody has signed in has its own room for wrong codes, so that strangers elsewhere who use up the
 * common one keep nobody there from signing in.
 */
export interface SignInLimits {
  /** Counts a sign-in that begins; false when there are too many. */
  begin(address: string): boolean
  /** Whether RingCentral may be asked about one more code. */
  mayExchange(address: string): boolean
  noteFailed(address: string): void
  /** Somebody signed in from there, or is signed in. */
  noteKnown(address: string): void
}

/** Enough for an office that signs in on its first morning, behind one address. */
export const MAX_STARTS = 120
/** A start costs the relay a tenth of a millisecond. */
export const MAX_STARTS_IN_ALL = 1200
/** Somebody whose code fails tries again once or twice. */
export const MAX_FAILED = 2
/** Below RingCentral's five. */
export const MAX_FAILED_IN_ALL = 4
/** The oldest gives way. */
const MAX_NETWORKS = 10_000

export function createSignInLimits(
  clock: Pick<Clock, 'elapsedMs'>,
  failures: Pick<FailureLimits, 'count'>,
): SignInLimits {
  const starts = createCounts(clock)
  const failed = createCounts(clock)
  const known = new Set<string>()
  return {
    begin(address) {
      const network = networkOf(address)
      if (starts.of(network) >= MAX_STARTS || starts.inAll() >= MAX_STARTS_IN_ALL) return false
      starts.add(network)
      return true
    },
    mayExchange(address) {
      const network = networkOf(address)
      if (failed.of(network) >= MAX_FAILED) {
        failures.count(address)
        return false
      }
      return known.has(network) || failed.inAll() < MAX_FAILED_IN_ALL
    },
    noteFailed(address) {
      failed.add(networkOf(address))
      failures.count(address)
    },
    noteKnown(address) {
      const network = networkOf(address)
      known.delete(network)
      known.add(network)
      for (const oldest of known) {
        if (known.size <= MAX_NETWORKS) break
        known.delete(oldest)
      }
    },
  }
}

/** What happened within the last minute, by network. Callers limit how many there are before they add one. */
function createCounts(clock: Pick<Clock, 'elapsedMs'>) {
  const byNetwork = new Map<string, number>()
  /** The oldest first. */
  const all: { readonly network: string; readonly atMs: number }[] = []

  function forgetOld(): void {
    const sinceMs = clock.elapsedMs() - MINUTE_MS
    for (let oldest = all[0]; oldest !== undefined && oldest.atMs <= sinceMs; oldest = all[0]) {
      all.shift()
      change(oldest.network, -1)
    }
  }

  function change(network: string, by: number): void {
    const count = (byNetwork.get(network) ?? 0) + by
    if (count === 0) byNetwork.delete(network)
    else byNetwork.set(network, count)
  }

  return {
    add(network: string): void {
      all.push({ network, atMs: clock.elapsedMs() })
      change(network, 1)
    },
    of(network: string): number {
      forgetOld()
      return byNetwork.get(network) ?? 0
    },
    inAll(): number {
      forgetOld()
      return all.length
    },
  }
}
