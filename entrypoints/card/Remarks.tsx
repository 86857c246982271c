import { i18n } from '#i18n'
import type { CardCall } from '../lib/contract/card-call.ts'
import { nameConference } from '../lib/wording/labels.ts'

/** Remarks about the call itself: that it is a sample, which rule sent it, who took it, where it is parked, a raised hand, whether it is muted. */
export function Remarks({ call }: { readonly call: CardCall }) {
  const remarks = selectRemarks(call)
  if (remarks.length === 0) return null
  return (
    <ul class="remarks">
      {remarks.map((remark) => (
        <li key={remark}>{remark}</li>
      ))}
    </ul>
  )
}

function selectRemarks({
  isSample,
  sentByRule,
  phase,
  outcome,
  takenBy,
  conferenceWith = [],
  parkedAt,
  isMuted,
  isHandRaised,
  isRecording,
}: CardCall): readonly string[] {
  const isParked = phase === 'parked' || outcome === 'parked'
  const isLive = phase !== 'ended'
  return [
    ...(isSample ? [i18n.t('card.sample')] : []),
    ...(sentByRule === undefined ? [] : [i18n.t('card.sentByRule', [sentByRule])]),
    ...(outcome === 'answeredElsewhere' && takenBy !== undefined ? [i18n.t('card.takenBy', [takenBy])] : []),
    ...(conferenceWith.length > 0 ? [nameConference(conferenceWith)] : []),
    ...(isParked && parkedAt !== undefined ? [i18n.t('card.parkedAt', [parkedAt])] : []),
    ...(isLive && isHandRaised ? [i18n.t('card.handRaised')] : []),
    ...(isLive && isMuted ? [i18n.t('card.muted')] : []),
    ...(isLive && isRecording ? [i18n.t('card.recording')] : []),
  ]
}
