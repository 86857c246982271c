import { i18n } from '#i18n'
import { isForAnother, selectOwnEnd, selectPartyName } from '../../../shared/call/party-name.ts'
import type { Leg } from '../../../shared/call/state.ts'
import type { TracedJourney } from '../../lib/call/call-story.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { formatClock } from '../../lib/wording/format.ts'
import { nameCounterpart } from '../../lib/wording/labels.ts'
import { nameShown, showNumber } from '../../lib/wording/masking.ts'

export interface JourneyPartProps {
  readonly traced: TracedJourney
  /** Who reads it. */
  readonly extensionId: string
  /** Whom the call is with, under the name by which they are known. */
  readonly caller: Caller
}

/** The customer's way over several sessions: everybody who had them, in order, and how long they waited in all. */
export function JourneyPart({ traced: { journey, figures }, extensionId, caller }: JourneyPartProps) {
  const legs = journey.calls.flatMap((call) => call.legs)
  const name = (leg: Leg) => namePerson(leg, { legs, extensionId, caller })
  return (
    <section class="journey">
      <h3>{i18n.t('story.journey')}</h3>
      {journey.customer && <p>{i18n.t('story.customer', [name(journey.customer)])}</p>}
      <ol>
        {figures.had.map(({ leg, talk }) => (
          <li key={leg.id}>{i18n.t('story.had', [name(leg), formatClock(talk.ms)])}</li>
        ))}
      </ol>
      {figures.wait && <p class="quiet">{i18n.t('story.totalWait', [formatClock(figures.wait.ms)])}</p>}
    </section>
  )
}

export interface NamingContext {
  /** All that are known of the call: one may tell what another is called. */
  readonly legs: readonly Leg[]
  /** Who reads it. */
  readonly extensionId: string
  readonly caller: Caller
}

type Caller = Pick<CallRow, 'name' | 'phoneNumber'>

export function namePerson(leg: Leg, { legs, extensionId, caller }: NamingContext): string {
  const { phoneNumber } = selectOwnEnd(leg)
  const isCaller = phoneNumber !== undefined && phoneNumber === caller.phoneNumber
  const name = nameShown((isCaller ? caller.name : undefined) ?? selectPartyName({ legs }, leg), phoneNumber)
  if (name !== undefined || !isForAnother(legs, leg)) return nameCounterpart(name, showNumber(phoneNumber))
  return leg.extensionId === extensionId ? i18n.t('story.you') : i18n.t('story.somebody')
}
