import { SECOND_MS } from '../../../shared/time.ts'

/** What a process takes for its clock. */
export interface ProcessClock {
  /** How much later than everybody else's it is; negative for earlier. */
  readonly shiftMs?: number
  /** How many times faster timers of a minimum length run. */
  readonly hurry?: { readonly factor: number; readonly fromMs: number }
  /** How many times faster the clock runs that nobody sets. */
  readonly elapsedFactor?: number
}

/** The settings of a Node process of its own that give it such a clock, before anything of it runs. */
export function withClock({
  shiftMs = 0,
  hurry = { factor: 1, fromMs: SECOND_MS },
  elapsedFactor = 1,
}: ProcessClock): Record<string, string> {
  const program = `
    const RealDate = Date
    globalThis.Date = class Date extends RealDate {
      constructor(...parts) {
        if (parts.length === 0) super(RealDate.now() + ${shiftMs})
        else super(...parts)
      }
      static now() {
        return RealDate.now() + ${shiftMs}
      }
    }
    const realSetTimeout = setTimeout
    const quick = (ms) => (ms >= ${hurry.fromMs} ? ms / ${hurry.factor} : ms)
    globalThis.setTimeout = (action, ms, ...rest) => realSetTimeout(action, quick(ms), ...rest)
    const realNow = performance.now.bind(performance)
    performance.now = () => realNow() * ${elapsedFactor}
    Object.defineProperties(globalThis.setTimeout, Object.getOwnPropertyDescriptors(realSetTimeout))
  `
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(program)}` }
}
