import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { nameSite } from '../../lib/sites.ts'
import { Entry } from './Entry.tsx'
import { Saying } from './Saying.tsx'
import type { SitesModel } from './sites-model.ts'

/** The sites on whose pages the card may appear. */
export function Sites({ model }: { readonly model: SitesModel }) {
  const [typed, setTyped] = useState('')
  return (
    <section>
      <h2>{i18n.t('settings.sites')}</h2>
      <p class="quiet">{i18n.t('settings.sitesLead')}</p>
      {model.sites.value.length === 0 && <p>{i18n.t('settings.noSites')}</p>}
      <ul>
        {model.sites.value.map((pattern) => (
          <li key={pattern}>
            <span>{nameSite(pattern)}</span>
            <button
              type="button"
              class="link"
              aria-label={i18n.t('settings.remove', [nameSite(pattern)])}
              onClick={() => void model.remove(pattern)}
            >
              {i18n.t('settings.removeShort')}
            </button>
          </li>
        ))}
      </ul>
      <Entry
        label={i18n.t('settings.site')}
        placeholder="crm.example.com"
        button={i18n.t('settings.addSite')}
        value={typed}
        isBusy={false}
        onInput={setTyped}
        onSubmit={() => void model.add(typed)}
      />
      <Saying said={model.said.value} />
    </section>
  )
}
