import { type CallState, isMissed, nameState } from '../lib/words.ts'

/** What a call is doing, or how it came out: a coloured shape and a word. Needs state.css. */
export function State({ call }: { readonly call: CallState & { readonly held?: 'long' | 'tooLong' | undefined } }) {
  return (
    <span
      class="state"
      data-state={call.phase === 'ended' && isMissed(call) ? 'missed' : call.phase}
      data-held={call.held}
    >
      {nameState(call)}
    </span>
  )
}
