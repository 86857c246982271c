/** How a figure compares with the same one of the range before. */
export type Change =
  /** There was nothing before, or it is not known, so there is no share. */
  | { readonly kind: 'new' }
  | { readonly kind: 'same' }
  /** `share`: of the figure before, 0.25 is a quarter more and -0.25 a quarter less. */
  | { readonly kind: 'changed'; readonly share: number }
  /** `points`: percentage points, of two shares. */
  | { readonly kind: 'moved'; readonly points: number }

/** `undefined` when there is nothing to compare. Figures of one unit, none negative. */
export function compareAmounts(now: number | undefined, before: number | undefined): Change | undefined {
  if (now === undefined) return undefined
  if (before === undefined || before === 0) return now === 0 ? undefined : { kind: 'new' }
  return now === before ? { kind: 'same' } : { kind: 'changed', share: now / before - 1 }
}

/** Shares from 0 to 1. */
export function compareShares(now: number | undefined, before: number | undefined): Change | undefined {
  if (now === undefined) return undefined
  if (before === undefined) return { kind: 'new' }
  return now === before ? { kind: 'same' } : { kind: 'moved', points: (now - before) * 100 }
}

/** Which way a figure should go. */
export type Wish = 'more' | 'less'

/** Whether a change is for the better; `undefined` where there is no better, or no change. */
export function judge(change: Change, wish: Wish | undefined): 'better' | 'worse' | undefined {
  const by = change.kind === 'changed' ? change.share : change.kind === 'moved' ? change.points : 0
  if (wish === undefined || by === 0) return undefined
  return by > 0 === (wish === 'more') ? 'better' : 'worse'
}
