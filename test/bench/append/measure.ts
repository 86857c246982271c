import { monitorEventLoopDelay } from 'node:perf_hooks'

/** Appends events and measures. Floor and ours are measured by this, so nothing of the product is imported here. */
export interface AppendRequest {
  readonly folder: string
  readonly events: number
  readonly atATime: number
}

export interface AppendAnswer {
  /** From handing an event over until it was durable. */
  readonly p50Ms: number
  readonly eventsPerSecond: number
  readonly lagP99Ms: number
}

/** `append` resolves when the text is durable. */
export async function measureAppends(
  { events, atATime }: AppendRequest,
  append: (index: number, text: string) => Promise<unknown>,
): Promise<AppendAnswer> {
  const text = 'x'.repeat(780)
  const durationsMs: number[] = []
  const lag = monitorEventLoopDelay({ resolution: 1 })
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < events) {
      const startMs = performance.now()
      await append(next++, text)
      durationsMs.push(performance.now() - startMs)
    }
  }
  lag.enable()
  const startMs = performance.now()
  await Promise.all(Array.from({ length: atATime }, worker))
  const durationMs = performance.now() - startMs
  lag.disable()
  durationsMs.sort((a, b) => a - b)
  return {
    p50Ms: durationsMs[Math.floor(durationsMs.length / 2)] ?? Number.NaN,
    eventsPerSecond: (events / durationMs) * 1000,
    // The timer's own interval is no lag.
    lagP99Ms: Math.max(0, lag.percentile(99) / 1e6 - 1),
  }
}
