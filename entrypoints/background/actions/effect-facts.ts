import type { EffectFacts } from '../../../shared/call/action-kinds.ts'
import type { CallRow } from '../../lib/store/schema.ts'

/** What of a call shows whether something that was asked of it has come about. */
export function effectFacts({ phase, isMuted, recordings, isHandRaised }: CallRow): EffectFacts {
  const isRecording = recordings.some(({ active }) => active)
  return { phase, isMuted, isRecording, isHandRaised: isHandRaised === true }
}
