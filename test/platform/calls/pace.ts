import type { PlatformClock } from '../clock.ts'
import type { Timers } from './timers.ts'

/** The time in which events happen and are sent. */
export interface Pace {
  /** Does something after so long; resolves when it is done, or will never be because the platform has closed. */
  after(ms: number, act: () => Promise<void>): Promise<void>
}

/** The machine's time, whatever the platform's clock shows. */
export function createMachinePace(timers: Timers): Pace {
  return {
    async after(ms, act) {
      if (await timers.wait(ms)) await act()
    },
  }
}

/** The time of the platform's clock: whoever moves it lets hours happen at once, one delivery after the other. */
export function createClockPace(clock: PlatformClock): Pace {
  return {
    after: (ms, act) =>
      new Promise((resolve, reject) => {
        clock.at(clock.nowMs() + ms, () => act().then(resolve, reject))
      }),
  }
}
