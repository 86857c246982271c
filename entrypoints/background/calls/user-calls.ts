import type { Clock } from '../../../shared/clock.ts'
import { knownCountry, userCountry } from '../../lib/settings/country.ts'
import { followDayContext } from '../../lib/store/day-context.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { type Calls, type CallsOptions, createCalls } from './calls.ts'
import { createCardExpiry } from './card-expiry.ts'
import { followEndedStay } from './ended-stay.ts'

/** The calls of one user in this browser, with the times at which their cards go. */
export interface UserCalls extends Omit<Calls, 'load' | 'release'> {
  /** Reads back what is kept. Before anything else. */
  load(): Promise<void>
  /** How long the card of a finished call stays up, ms; infinite: until the user puts it away. */
  endedCardMs(): number
  /** The calls that are up have changed: looks when the next card is to go. */
  scheduleExpiry(): void
  /** Nobody is using these cards any more. */
  releaseCards(telephonySessionIds: readonly string[]): void
  close(): void
}

export interface UserCallsOptions
  extends Pick<
    CallsOptions,
    | 'store'
    | 'relayUrl'
    | 'extensionId'
    | 'numbersReadable'
    | 'onShown'
    | 'onNews'
    | 'onStored'
    | 'retryAfterFreeingSpace'
  > {
  /** Relay's clock. */
  readonly clock: Pick<Clock, 'nowMs' | 'after'>
  readonly isInUse: (telephonySessionId: string) => boolean
  /** Receives work that may fail when the store refuses. */
  readonly onWork: (work: Promise<void>) => void
}

export function createUserCalls({ clock, isInUse, onWork, ...options }: UserCallsOptions): UserCalls {
  const calls = createCalls({
    ...options,
    isInUse,
    country: userCountry(),
    isCountryKnown: knownCountry() !== undefined,
    dayContext: followDayContext(),
  })
  const stay = followEndedStay(() => onWork(calls.keepEnded(stay.ms())))
  const isFree = ({ telephonySessionId }: CallRow) => !isInUse(telephonySessionId)
  const expiry = createCardExpiry({
    active: () => calls.active().filter(isFree),
    expire: calls.expire,
    clock,
    onWork,
  })
  const moment = () => ({ nowMs: clock.nowMs(), endedCardMs: stay.ms() })
  return {
    ...calls,
    load: async () => {
      await Promise.all([stay.read(), calls.load({ isComplete: false, ...moment() })])
    },
    endedCardMs: stay.ms,
    scheduleExpiry: expiry.schedule,
    releaseCards: (ids) => onWork(calls.release(ids, moment())),
    close: () => {
      expiry.close()
      stay.close()
    },
  }
}
