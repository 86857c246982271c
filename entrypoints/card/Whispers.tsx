import { i18n } from '#i18n'
import type { CardCall } from '../lib/contract/card-call.ts'

/** Lines from whoever watches the person, the latest on top; the customer knows nothing of them. */
export function Whispers({ call: { whispers } }: { readonly call: CardCall }) {
  if (whispers.length === 0) return null
  return (
    <ul class="whispers" aria-label={i18n.t('card.whispers')}>
      {whispers.toReversed().map((whisper, index) => (
        // Lines are only added, so that one keeps its place from the end.
        <li key={whispers.length - index}>
          <bdi class="writer">{nameWriter(whisper)}</bdi> <bdi>{whisper.text}</bdi>
        </li>
      ))}
    </ul>
  )
}

/** `undefined` only where a relay of before does not say. */
export function nameWriter({ fromName }: CardCall['whispers'][number]): string {
  return fromName?.trim() || i18n.t('card.whisperFromSupervisor')
}
