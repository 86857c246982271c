import { isMissed } from '../../shared/call/missed.ts'
import { type CallState, nameState } from '../lib/wording/labels.ts'

export interface StateProps {
  readonly call: CallState & { readonly holdSeverity?: 'long' | 'tooLong' | undefined }
  /** The word, where the usual one does not fit. */
  readonly word?: string
}

/** What a call is doing, or how it came out: a coloured shape and a word. Needs state.css. */
export function State({ call, word = nameState(call) }: StateProps) {
  return (
    <span
      class="state"
      data-state={call.phase === 'ended' && isMissed(call) ? 'missed' : call.phase}
      data-held={call.holdSeverity}
    >
      {word}
    </span>
  )
}
