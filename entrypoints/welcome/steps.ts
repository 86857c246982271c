/** What a newcomer sets up, in the order that makes sense. Any of them may be done at any time. */
export const STEP_IDS = ['relay', 'user', 'sites'] as const
export type StepId = (typeof STEP_IDS)[number]

/** `now` is the first that is not done. */
export type StepState = 'done' | 'now' | 'later'

export interface StepStand {
  readonly id: StepId
  readonly state: StepState
}

export function standOfSteps(isDone: Readonly<Record<StepId, boolean>>): readonly StepStand[] {
  const now = STEP_IDS.find((id) => !isDone[id])
  return STEP_IDS.map((id) => ({ id, state: isDone[id] ? 'done' : id === now ? 'now' : 'later' }))
}
