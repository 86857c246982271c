import type { Outcome, Phase } from '../../shared/call/select.ts'
import { nameState } from '../lib/words.ts'

/** What a call is doing, or how it came out: a coloured shape and a word. Needs state.css. */
export function State({ phase, outcome }: { readonly phase: Phase; readonly outcome: Outcome | undefined }) {
  const state = phase === 'ended' && outcome === 'missed' ? 'missed' : phase
  return (
    <span class="state" data-state={state}>
      {nameState(phase, outcome)}
    </span>
  )
}
