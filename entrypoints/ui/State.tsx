import { type CallState, isMissed, nameState } from '../lib/words.ts'

/** What a call is doing, or how it came out: a coloured shape and a word. Needs state.css. */
export function State({ call }: { readonly call: CallState }) {
  return (
    <span class="state" data-state={call.phase === 'ended' && isMissed(call) ? 'missed' : call.phase}>
      {nameState(call)}
    </span>
  )
}
