import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { nameSite } from '../lib/sites.ts'
import type { OptionsModel, Said } from './model.ts'

export function Options({ model }: { readonly model: OptionsModel }) {
  return (
    <main>
      <h1>{i18n.t('settings.title')}</h1>
      <Relay model={model} />
      <Person model={model} />
      <Sites model={model} />
      <Notices model={model} />
      <p class="quiet">{i18n.t('settings.privacy')}</p>
    </main>
  )
}

function Relay({ model }: { readonly model: OptionsModel }) {
  const [typed, setTyped] = useState<string>()
  const address = typed ?? model.status.value?.relayUrl ?? ''
  return (
    <section>
      <h2>{i18n.t('settings.relay')}</h2>
      <p class="quiet">{i18n.t('settings.relayLead')}</p>
      <Entry
        label={i18n.t('settings.address')}
        placeholder="https://relay.example.com"
        button={i18n.t('settings.save')}
        value={address}
        isBusy={model.relaySaid.value?.kind === 'pending'}
        onInput={setTyped}
        onSubmit={() => void model.saveRelay(address)}
      />
      <Saying said={model.relaySaid.value} />
    </section>
  )
}

function Person({ model }: { readonly model: OptionsModel }) {
  const status = model.status.value
  const said = model.personSaid.value
  if (status === undefined) return null
  return (
    <section>
      <h2>{i18n.t('settings.person')}</h2>
      {status.user === undefined ? (
        <>
          <p class="quiet">{i18n.t('popup.signInLead')}</p>
          <button
            type="button"
            class="primary"
            disabled={status.relayUrl === '' || said?.kind === 'pending'}
            onClick={() => void model.signIn()}
          >
            {i18n.t('popup.signIn')}
          </button>
        </>
      ) : (
        <>
          <p>{i18n.t('settings.signedInAs', [status.user.name, status.user.extensionId])}</p>
          <button type="button" onClick={() => void model.signOut()}>
            {i18n.t('settings.signOut')}
          </button>
        </>
      )}
      <Saying said={said} />
    </section>
  )
}

function Sites({ model }: { readonly model: OptionsModel }) {
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
              onClick={() => void model.removeSite(pattern)}
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
        onSubmit={() => void model.addSite(typed)}
      />
      <Saying said={model.sitesSaid.value} />
    </section>
  )
}

function Notices({ model }: { readonly model: OptionsModel }) {
  const isOn = model.hasNotices.value
  return (
    <section>
      <h2>{i18n.t('settings.notices')}</h2>
      <p class="quiet">{i18n.t('settings.noticesLead')}</p>
      <button type="button" onClick={() => void model.setNotices(!isOn)}>
        {i18n.t(isOn ? 'settings.noticesSwitchOff' : 'settings.noticesSwitchOn')}
      </button>
      <Saying said={model.noticesSaid.value} />
    </section>
  )
}

interface EntryProps {
  readonly label: string
  readonly placeholder: string
  readonly button: string
  readonly value: string
  readonly isBusy: boolean
  readonly onInput: (value: string) => void
  readonly onSubmit: () => void
}

/** A labelled field with the button that takes it; Enter does too. */
function Entry({ label, placeholder, button, value, isBusy, onInput, onSubmit }: EntryProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <label>
        {label}
        <input
          value={value}
          placeholder={placeholder}
          spellcheck={false}
          autocomplete="off"
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      </label>
      <button type="submit" disabled={isBusy}>
        {button}
      </button>
    </form>
  )
}

function Saying({ said }: { readonly said: Said | undefined }) {
  return (
    <p class="saying" data-kind={said?.kind} role="status">
      {said?.text}
    </p>
  )
}
