import { i18n } from '#i18n'
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import { ENDED_CARD_STAYS, type EndedCardStay } from '../lib/settings/settings.ts'
import { language } from '../lib/wording/labels.ts'
import { FeedbackLine } from '../ui/setup/FeedbackLine.tsx'
import type { CardSettingsModel } from './card-settings-model.ts'

/** How long the card of a finished call stays, and where cards stand. */
export function CardSettings({ model }: { readonly model: CardSettingsModel }) {
  const choose = (value: string) => {
    const stay = ENDED_CARD_STAYS.find((one) => String(one) === value)
    if (stay !== undefined) void model.setStay(stay)
  }
  return (
    <section>
      <h2>{i18n.t('cardSettings.title')}</h2>
      <label>
        {i18n.t('cardSettings.stay')}
        <select value={String(model.stay.value)} onChange={(event) => choose(event.currentTarget.value)}>
          {ENDED_CARD_STAYS.map((stay) => (
            <option key={stay} value={String(stay)}>
              {nameStay(stay)}
            </option>
          ))}
        </select>
      </label>
      <p class="quiet">{i18n.t('cardSettings.stayLead')}</p>
      <p>{i18n.t('cardSettings.placesLead')}</p>
      <button type="button" onClick={() => void model.resetPlaces()}>
        {i18n.t('cardSettings.resetPlaces')}
      </button>
      <FeedbackLine feedback={model.feedback.value} />
    </section>
  )
}

function nameStay(stay: EndedCardStay): string {
  if (stay === 'untilClosed') return i18n.t('cardSettings.untilClosed')
  const [count, unit] = stay < MINUTE_MS ? [stay / SECOND_MS, 'second'] : [stay / MINUTE_MS, 'minute']
  return new Intl.NumberFormat(language(), { style: 'unit', unit, unitDisplay: 'long' }).format(count)
}
