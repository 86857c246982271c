import { i18n } from '#i18n'
import type { CardCall } from '../lib/contract/card-call.ts'
import { nameConference } from '../lib/wording/labels.ts'

/** A remark about a call; `tone`: what must not be forgotten stands out. */
export interface Remark {
  readonly text: string
  readonly tone?: 'recording' | 'muted'
}

/** What is said of the call itself: that it is a sample, which rule sent it or moved it on, who took it, where it is parked, a raised hand. */
export function listSaid({
  isSample,
  sentByRule,
  movedByRule,
  phase,
  outcome,
  takenBy,
  conferenceWith = [],
  parkedAt,
  isHandRaised,
}: CardCall): readonly string[] {
  const isParked = phase === 'parked' || outcome === 'parked'
  return [
    ...(isSample ? [i18n.t('card.sample')] : []),
    ...(sentByRule === undefined ? [] : [i18n.t('card.sentByRule', [sentByRule])]),
    ...(movedByRule === undefined ? [] : [i18n.t('card.movedByRule', [movedByRule])]),
    ...(outcome === 'answeredElsewhere' && takenBy !== undefined ? [i18n.t('card.takenBy', [takenBy])] : []),
    ...(conferenceWith.length > 0 ? [nameConference(conferenceWith)] : []),
    ...(isParked && parkedAt !== undefined ? [i18n.t('card.parkedAt', [parkedAt])] : []),
    ...(phase !== 'ended' && isHandRaised ? [i18n.t('card.handRaised')] : []),
  ]
}

/** What lasts until somebody ends it. A call that is over, and a parked one, is heard and recorded by nobody. */
export function listLasting({ phase, isMuted, isRecording }: CardCall): readonly Remark[] {
  if (phase === 'parked' || phase === 'ended') return []
  return [
    ...(isMuted ? [{ text: i18n.t('card.muted'), tone: 'muted' } as const] : []),
    ...(isRecording ? [{ text: i18n.t('card.recording'), tone: 'recording' } as const] : []),
  ]
}
