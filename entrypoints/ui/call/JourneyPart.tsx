import { i18n } from '#i18n'
import type { Leg } from '../../../shared/call/state.ts'
import type { TracedJourney } from '../../lib/call-story.ts'
import { formatClock } from '../../lib/format.ts'
import { nameShown, showNumber } from '../../lib/masking.ts'
import { nameCounterpart } from '../../lib/words.ts'

/** The customer's way over several sessions: everybody who had them, in order, and how long they waited in all. */
export function JourneyPart({ traced: { journey, figures } }: { readonly traced: TracedJourney }) {
  return (
    <section class="journey">
      <h3>{i18n.t('story.journey')}</h3>
      {journey.customer && <p>{i18n.t('story.customer', [namePerson(journey.customer)])}</p>}
      <ol>
        {figures.had.map(({ leg, talk }) => (
          <li key={leg.id}>{i18n.t('story.had', [namePerson(leg), formatClock(talk.ms)])}</li>
        ))}
      </ol>
      {figures.wait && <p class="quiet">{i18n.t('story.totalWait', [formatClock(figures.wait.ms)])}</p>}
    </section>
  )
}

/** A party is who it is at its own end: a caller where the call comes from, a called one where it goes. */
export function namePerson({ direction, from, to }: Leg): string {
  const { name, phoneNumber } = direction === 'Outbound' ? from : to
  return nameCounterpart(nameShown(name, phoneNumber), showNumber(phoneNumber))
}
