import { type FailureLimits, networkOf } from '../http/failure-limits.ts'
import type { Shared } from '../log/storage.ts'

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
  begin(address: string): Promise<boolean>
  /** Whether RingCentral may be asked about one more code. */
  mayExchange(address: string): Promise<boolean>
  noteFailed(address: string): Promise<void>
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

/** Under this all are counted together. */
const ALL = 'all'

export function createSignInLimits(
  shared: Pick<Shared, 'tally'>,
  failures: Pick<FailureLimits, 'count'>,
): SignInLimits {
  const starts = shared.tally('starts')
  const failed = shared.tally('failed codes')
  const known = new Set<string>()
  return {
    async begin(address) {
      const network = networkOf(address)
      if ((await starts.of(network)) >= MAX_STARTS || (await starts.of(ALL)) >= MAX_STARTS_IN_ALL) return false
      await Promise.all([starts.add(network), starts.add(ALL)])
      return true
    },
    async mayExchange(address) {
      const network = networkOf(address)
      if ((await failed.of(network)) >= MAX_FAILED) {
        failures.count(address)
        return false
      }
      return known.has(network) || (await failed.of(ALL)) < MAX_FAILED_IN_ALL
    },
    async noteFailed(address) {
      failures.count(address)
      await Promise.all([failed.add(networkOf(address)), failed.add(ALL)])
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
