import type { Clock } from '../../shared/clock.ts'
import type { Budget } from './connector.ts'

/** Turns for requests: so many within a time, in the order in which they were asked for. */
export interface TurnTaker {
  /** Resolves when a request may be sent; rejects when it was closed. */
  take(): Promise<void>
  close(): void
}

export function createTurnTaker({ requests, perMs }: Budget, clock: Pick<Clock, 'elapsedMs' | 'after'>): TurnTaker {
  const sentAtMs: number[] = []
  const waiting: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = []
  let cancel = () => {}
  let isClosed = false

  function go(): void {
    cancel()
    const nowMs = clock.elapsedMs()
    while (sentAtMs[0] !== undefined && sentAtMs[0] <= nowMs - perMs) sentAtMs.shift()
    while (waiting.length > 0 && sentAtMs.length < requests) {
      sentAtMs.push(nowMs)
      waiting.shift()?.resolve()
    }
    const [oldest] = sentAtMs
    if (waiting.length > 0 && oldest !== undefined) cancel = clock.after(Math.max(1, oldest + perMs - nowMs), go)
  }

  return {
    take: () =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(new Error('The CRM is not asked any more'))
        waiting.push({ resolve, reject })
        go()
      }),
    close() {
      isClosed = true
      cancel()
      for (const { reject } of waiting.splice(0)) reject(new Error('The CRM is not asked any more'))
    },
  }
}
