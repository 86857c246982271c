import { formatInstant } from '../../shared/time.ts'
import type { FailureLimits } from '../http/failure-limits.ts'
import { createAuthenticate } from '../people/authenticate.ts'
import type { Logins } from '../people/logins.ts'
import type { Rights } from '../people/rights.ts'
import type { SignInLimits } from '../people/sign-in-limits.ts'
import { createCatchUpTurns } from '../stream/catch-up-turns.ts'
import { createFanOut } from '../stream/fan-out.ts'
import { createStream, type Stream } from '../stream/stream.ts'
import type { RelayBase } from './base.ts'
import type { Duties } from './duties.ts'

export interface StreamingOptions {
  readonly duties: Duties
  readonly logins: Logins
  readonly rights: Rights
  readonly failures: FailureLimits
  readonly signInLimits: SignInLimits
  /** Whether a delivery is being taken in. */
  readonly isBusy: () => boolean
  lastEventAtMs(): number | undefined
}

/** What clients are connected to, and what passes events on to them. */
export function createStreaming(base: RelayBase, options: StreamingOptions): Stream {
  const { log, logger, metrics } = base
  const { duties, logins, rights, failures, signInLimits, isBusy, lastEventAtMs } = options
  const { subscription } = duties
  const fanOut = createFanOut(log, logger, metrics)
  const stream = createStream({
    ...base,
    fanOut,
    catchUpTurns: createCatchUpTurns({ isBusy }),
    failures,
    onKnown: (address) => signInLimits.noteKnown(address),
    authenticate: createAuthenticate({ logins, rights, logger }),
    subscriptionState() {
      const { status, expiresAtMs } = subscription.state
      return { status, expiresAt: instantOrNull(expiresAtMs), lastEventAt: instantOrNull(lastEventAtMs()) }
    },
  })
  log.onRenamed(stream.restart)
  logins.onRemovedElsewhere(stream.cut)
  return {
    ...stream,
    async close() {
      await stream.close()
      fanOut.close()
    },
  }
}

function instantOrNull(ms: number | undefined): string | null {
  return ms === undefined ? null : formatInstant(ms)
}
