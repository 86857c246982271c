import type { Clock } from '../../../shared/clock.ts'
import { knownCountry, userCountry } from '../../lib/settings/country.ts'
import { followDayContext } from '../../lib/store/day-context.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { type Calls, type CallsOptions, createCalls } from './calls.ts'
import { createCardExpiry } from './card-expiry.ts'
import type { EndedStay } from './ended-stay.ts'

/** The calls of one user in this browser, with the times at which their cards go. */
export interface UserCalls extends Omit<Calls, 'load' | 'release' | 'keepEnded'> {
  /** Reads back what is kept. Before anything else. */
  load(): Promise<void>
  /** The user has chosen again how long the card of a finished call stays up. */
  applyEndedStay(): void
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
  readonly endedStay: EndedStay
  readonly isInUse: (telephonySessionId: string) => boolean
  /** Receives work that may fail when the store refuses. */
  readonly onWork: (work: Promise<void>) => void
}

export function createUserCalls({ clock, endedStay, isInUse, onWork, ...options }: UserCallsOptions): UserCalls {
  const calls = createCalls({
    ...options,
    isInUse,
    country: userCountry(),
    isCountryKnown: knownCountry() !== undefined,
    dayContext: followDayContext(),
  })
  const isFree = ({ telephonySessionId }: CallRow) => !isInUse(telephonySessionId)
  const expiry = createCardExpiry({
    active: () => calls.active().filter(isFree),
    expire: calls.expire,
    clock,
    onWork,
  })
  const moment = () => ({ nowMs: clock.nowMs(), endedCardMs: endedStay.ms() })
  return {
    ...calls,
    load: async () => {
      await endedStay.read()
      await calls.load({ isComplete: false, ...moment() })
    },
    applyEndedStay: () => onWork(calls.keepEnded(endedStay.ms())),
    scheduleExpiry: expiry.schedule,
    releaseCards: (ids) => onWork(calls.release(ids, moment())),
    close: expiry.close,
  }
}
