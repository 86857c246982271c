import { type Clock, every } from '../../shared/clock.ts'
import { SECOND_MS } from '../../shared/time.ts'
import { systemClock } from '../clock.ts'

/** Something took longer than it may. */
export class OvertimeError extends Error {
  override readonly name = 'OvertimeError'
}

/**
 * Settles as `promise` does; rejects with an {@link OvertimeError} when that takes longer than `seconds` in which this process
 * ran. Seconds are counted, not subtracted: one that was stopped, as with its machine, comes back to find that time has
 * passed in which nothing could have happened.
 */
export async function withinRunningTime<T>(
  promise: Promise<T>,
  seconds: number,
  clock: Clock = systemClock,
): Promise<T> {
  let stop: () => void = () => undefined
  const late = new Promise<never>((_, reject) => {
    let left = seconds
    stop = every(clock, SECOND_MS, () => {
      left -= 1
      if (left === 0) reject(new OvertimeError(`it was not confirmed within ${seconds} s`))
    })
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    stop()
  }
}
