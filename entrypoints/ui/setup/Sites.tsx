import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { findCrm } from '../../lib/crm/crms.ts'
import { nameSite } from '../../lib/settings/sites.ts'
import { language } from '../../lib/wording/labels.ts'
import { Entry } from './Entry.tsx'
import { FeedbackLine } from './FeedbackLine.tsx'
import { SearchEditor } from './SearchEditor.tsx'
import type { CrmChoice, SitesModel } from './sites-model.ts'
import './sites.css'

/** The sites on whose pages the card may appear: known CRMs by a switch, any other by its address. */
export function Sites({ model }: { readonly model: SitesModel }) {
  const [typed, setTyped] = useState('')
  return (
    <section class="sites">
      <h2>{i18n.t('settings.sites')}</h2>
      <p class="quiet">{i18n.t('settings.sitesLead')}</p>
      <Invited model={model} />
      <ul aria-label={i18n.t('sites.crms')}>
        {model.crms.value.map((choice) => (
          <KnownCrm key={choice.crm.id} choice={choice} model={model} />
        ))}
      </ul>
      <h3>{i18n.t('sites.others')}</h3>
      {model.sites.value.length === 0 && <p>{i18n.t('settings.noSites')}</p>}
      <ul aria-label={i18n.t('sites.others')}>
        {model.others.value.map((pattern) => (
          <OtherSite key={pattern} pattern={pattern} model={model} />
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
      <FeedbackLine feedback={model.feedback.value} />
    </section>
  )
}

/** What the company's invitation asks for, with one click for all of it. */
function Invited({ model }: { readonly model: SitesModel }) {
  const sites = model.invited.value
  if (sites.length === 0) return null
  const names = new Intl.ListFormat(language()).format(sites.map(nameSite))
  return (
    <div class="invited">
      <p>{i18n.t('sites.invited', [names])}</p>
      <button type="button" class="primary" onClick={() => void model.addInvited()}>
        {i18n.t('sites.addInvited')}
      </button>
    </div>
  )
}

function KnownCrm({ choice: { crm, isOn }, model }: { readonly choice: CrmChoice; readonly model: SitesModel }) {
  return (
    <li>
      <div class="site">
        <span class="name" id={`crm-${crm.id}`}>
          {crm.name}
          <span class="hosts quiet">{crm.matches.map(nameSite).join(', ')}</span>
        </span>
        <button
          type="button"
          class="switch"
          role="switch"
          aria-checked={isOn}
          aria-label={crm.name}
          onClick={() => void model.switchCrm(crm, !isOn)}
        />
      </div>
      {isOn && <SearchEditor name={crm.name} address={crm.exampleRecord} model={model} />}
    </li>
  )
}

function OtherSite({ pattern, model }: { readonly pattern: string; readonly model: SitesModel }) {
  const host = nameSite(pattern)
  const crm = findCrm(pattern)
  return (
    <li>
      <div class="site">
        <span class="name">
          {host}
          {crm !== undefined && <span class="hosts quiet">{crm.name}</span>}
        </span>
        <button
          type="button"
          class="link"
          aria-label={i18n.t('settings.remove', [host])}
          onClick={() => void model.remove(pattern)}
        >
          {i18n.t('settings.removeShort')}
        </button>
      </div>
      <SearchEditor name={host} address={pattern} model={model} />
    </li>
  )
}
