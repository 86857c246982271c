/** How far catching up has come, for a person who waits for it. */
export interface CatchUp {
  /** What was missed lies behind one position of the log, up to the other. */
  begin(fromPosition: number, toPosition: number): void
  /** Everything up to this position has been taken in. */
  reach(position: number): void
  /** 0 to 1; `undefined` when there was nothing to catch up with. */
  progress(): number | undefined
}

/** `onChange`: another percent. */
export function createCatchUp(onChange: () => void): CatchUp {
  let from = 0
  let to = 0
  let reached = 0

  const progress = () => (to > from ? Math.min(1, Math.max(0, (reached - from) / (to - from))) : undefined)

  return {
    begin: (fromPosition, toPosition) => {
      from = fromPosition
      to = toPosition
      reached = fromPosition
    },
    reach: (position) => {
      const before = percentOf(progress())
      reached = Math.max(reached, position)
      if (percentOf(progress()) !== before) onChange()
    },
    progress,
  }
}

function percentOf(share: number | undefined): number {
  return Math.floor((share ?? 1) * 100)
}
