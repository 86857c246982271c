import { i18n } from '#i18n'
import { nameRegion } from '../lib/wording/labels.ts'
import { FeedbackLine } from '../ui/setup/FeedbackLine.tsx'
import type { CountryModel } from './country-model.ts'

/** The country of numbers without a country code. */
export function Country({ model }: { readonly model: CountryModel }) {
  const { home, country, elsewhere } = model
  const count = elsewhere.value
  return (
    <section>
      <h2>{i18n.t('country.title')}</h2>
      <label>
        {i18n.t('country.label')}
        <select value={model.chosen.value} onChange={(event) => void model.choose(event.currentTarget.value)}>
          <option value="">
            {home.value === undefined ? i18n.t('country.guess') : i18n.t('country.home', [nameRegion(home.value)])}
          </option>
          {model.countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <p class="quiet">{i18n.t('country.lead')}</p>
      {count > 0 && (
        <>
          <p>{i18n.t('country.elsewhere', count, [String(count), nameRegion(country.value)])}</p>
          <button type="button" onClick={() => void model.readAgain()}>
            {i18n.t('country.readAgain', [nameRegion(country.value)])}
          </button>
        </>
      )}
      <FeedbackLine feedback={model.feedback.value} />
    </section>
  )
}

// See it: npm start, open the settings, choose another country; the numbers of a card and of the last calls follow.
