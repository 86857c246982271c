/** A benchmark by the name it is asked for with: measures ours and its floor in one run. */
export interface Benchmark {
  readonly id: string
  /** Whether it needs Chromium, which is then named with the machine. */
  readonly usesBrowser?: true
  /** Throws one sentence when it could not be measured; what it started has ended by then. */
  run(signal: AbortSignal): Promise<readonly Figure[]>
}

/** One line of the report: ours beside its floor, over the rounds that were kept. */
export interface Figure {
  readonly name: string
  readonly unit: 's' | 'ms' | 'µs' | '/s' | 'kB' | 'MB'
  /** One value a round, in `unit`; as many as of `floor`, and of the same rounds. */
  readonly ours: readonly number[]
  readonly floor: readonly number[]
  readonly goal: Goal
}

/** What is asked of a figure's median: of ours ÷ floor, of ours − floor, or of ours alone. */
export type Goal =
  | { readonly of: 'ratio'; readonly atLeast: number }
  | { readonly of: 'ratio'; readonly atMost: number }
  | { readonly of: 'difference'; readonly atMost: number }
  /** Every round must hold it when it is about the worst case, the median otherwise. */
  | { readonly of: 'ours'; readonly atMost: number; readonly in: 'median' | 'every round' }
  | { readonly of: 'ours'; readonly atLeast: number; readonly in: 'median' }
