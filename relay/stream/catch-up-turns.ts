import { setImmediate } from 'node:timers/promises'

/**
 * The share of the process that all who catch up have together. Catching up is work that can wait, and there may be a whole
 * company of it at once on a Monday morning: a step of it runs only when the event loop has been round since the one before,
 * so that deliveries and live clients, who wait for turns of the loop, never wait for more than a step each turn.
 */
export interface CatchUpTurns {
  /** Runs the step when it is its turn, first come first served. A step should take a millisecond or two. */
  run<Result>(step: () => Promise<Result>): Promise<Result>
}

export interface CatchUpTurnsOptions {
  /** Whether a delivery is being taken in: then the next step waits for another turn of the loop. */
  readonly isBusy: () => boolean
}

/** Turns that are left to deliveries that never stop coming; after them a step runs all the same. */
const MAX_TURNS_LEFT = 8

export function createCatchUpTurns({ isBusy }: CatchUpTurnsOptions): CatchUpTurns {
  const waiting: (() => Promise<void>)[] = []
  let isRunning = false

  async function runAll(): Promise<void> {
    isRunning = true
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      await step()
      await setImmediate()
      for (let turn = 0; turn < MAX_TURNS_LEFT && isBusy(); turn++) await setImmediate()
    }
    isRunning = false
  }

  return {
    run: (step) =>
      new Promise((resolve, reject) => {
        waiting.push(() => step().then(resolve, reject))
        if (!isRunning) void runAll()
      }),
  }
}
