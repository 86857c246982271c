import type { Clock } from '../../shared/clock.ts'
import { wait } from '../clock.ts'
import { RingCentralError } from '../ringcentral/api.ts'
import { backoffMs } from '../ringcentral/faults.ts'
import { isOwnAnswer, isRefusal, judge } from '../ringcentral/verdicts.ts'
import { isLimited } from './try-in-turn.ts'

/** Requests of a repair that are sent again while RingCentral is away. */
export interface Retries {
  /**
   * Sends until it succeeds, up to `tries` times; a request that a limit stood in the way of does not count. Rejects with the
   * last error, at once when another try is of no use, or with the signal's reason.
   */
  send<T>(request: () => Promise<T>, tries: number, signal: AbortSignal): Promise<T>
  /** Waits after so many failures in a row, of which `error` is the last. */
  pause(failures: number, error: RingCentralError, signal: AbortSignal): Promise<void>
}

/** `random`: from 0 up to 1, for jitter. */
export function createRetries(clock: Clock, random: () => number): Retries {
  function pause(failures: number, error: RingCentralError, signal: AbortSignal): Promise<void> {
    const verdict = judge('service', error)
    const afterMs = verdict.kind === 'retry' ? verdict.afterMs : undefined
    return wait(clock, backoffMs(Math.max(0, failures - 1), afterMs, random), signal)
  }

  return {
    pause,
    async send(request, tries, signal) {
      for (let tried = 1; ; tried++) {
        signal.throwIfAborted()
        try {
          return await request()
        } catch (error) {
          if (!canRetry(error)) throw error
          if (isLimited(error)) tried -= 1
          else if (tried >= tries) throw error
          await pause(tried, error, signal)
        }
      }
    },
  }
}

/**
 * Whether RingCentral may answer another time. Not when it took the request for wrong in words of its own, or answered what
 * can't be read; and what fails here, before anything is sent, fails the next time as well.
 */
export function canRetry(error: unknown): error is RingCentralError {
  if (!(error instanceof RingCentralError) || endsRepair(error) || error.status === 200) return false
  return !(isRefusal(error.status) && isOwnAnswer(error))
}

/** Without the permission, or the login, every session would be refused. */
export function endsRepair(error: unknown): boolean {
  if (!(error instanceof RingCentralError)) return false
  const { kind } = judge('service', error)
  return kind === 'blocked' || kind === 'refused'
}
