import type { ComponentChild } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { Notices } from '../ui/setup/Notices.tsx'
import type { NoticesModel } from '../ui/setup/notices-model.ts'
import { Relay } from '../ui/setup/Relay.tsx'
import { RingSound } from '../ui/setup/RingSound.tsx'
import type { RelayModel } from '../ui/setup/relay-model.ts'
import type { RingSoundModel } from '../ui/setup/ring-sound-model.ts'
import { SignedInUser } from '../ui/setup/SignedInUser.tsx'
import { Sites } from '../ui/setup/Sites.tsx'
import type { SignedInUserModel } from '../ui/setup/signed-in-user-model.ts'
import type { SitesModel } from '../ui/setup/sites-model.ts'
import { About } from './About.tsx'
import { Alerts } from './Alerts.tsx'
import type { AlertsModel } from './alerts-model.ts'
import { CardSettings } from './CardSettings.tsx'
import { Country } from './Country.tsx'
import type { CardSettingsModel } from './card-settings-model.ts'
import { Contacts } from './contacts/Contacts.tsx'
import type { ContactsModel } from './contacts/contacts-model.ts'
import { Contents } from './contents/Contents.tsx'
import { markFound } from './contents/mark-found.ts'
import { hasWords } from './contents/search.ts'
import { GROUPS, type SectionId } from './contents/sections.ts'
import type { CountryModel } from './country-model.ts'
import { CrmConnection } from './crm/CrmConnection.tsx'
import type { CrmConnectionModel } from './crm/crm-connection-model.ts'
import { DeleteData } from './DeleteData.tsx'
import { Diagnostics } from './Diagnostics.tsx'
import { Dialling } from './Dialling.tsx'
import type { DiallingModel } from './dialling-model.ts'
import { Help } from './Help.tsx'
import { Privacy } from './Privacy.tsx'
import type { PrivacyModel } from './privacy-model.ts'
import { Shortcuts } from './Shortcuts.tsx'
import type { ShortcutsModel } from './shortcuts-model.ts'

export interface OptionsProps {
  readonly relay: RelayModel
  readonly user: SignedInUserModel
  readonly sites: SitesModel
  readonly card: CardSettingsModel
  readonly country: CountryModel
  readonly contacts: ContactsModel
  readonly crm: CrmConnectionModel
  readonly dialling: DiallingModel
  readonly notices: NoticesModel
  readonly sound: RingSoundModel
  readonly alerts: AlertsModel
  readonly privacy: PrivacyModel
  readonly shortcuts: ShortcutsModel
}

/** Every setting in a section of its own, with the contents beside them; each takes effect at once and says so. */
export function Options(props: OptionsProps) {
  const [query, setQuery] = useState('')
  const [found, setFound] = useState<ReadonlySet<string>>()
  const main = useRef<HTMLElement>(null)
  const isFound = (id: SectionId) => found === undefined || found.has(id)
  const search = (typed: string) => {
    setQuery(typed)
    const sections = [...(main.current?.querySelectorAll('.setting') ?? [])]
    const fitting = sections.filter(({ textContent }) => hasWords(textContent ?? '', typed))
    setFound(typed.trim() === '' ? undefined : new Set(fitting.map(({ id }) => id)))
  }
  useLayoutEffect(() => {
    if (main.current !== null) markFound(main.current, query)
  }, [query])
  return (
    <div class="settings">
      <header class="side">
        <h1>{i18n.t('settings.title')}</h1>
        <input
          type="search"
          value={query}
          aria-label={i18n.t('settings.search')}
          placeholder={i18n.t('settings.search')}
          autocomplete="off"
          spellcheck={false}
          onInput={({ currentTarget }) => search(currentTarget.value)}
        />
        <Contents isFound={isFound} />
      </header>
      <main ref={main}>
        <p class="none" role="status">
          {found?.size === 0 && i18n.t('settings.noneFound', [query.trim()])}
        </p>
        <Sections {...props} isFound={isFound} />
      </main>
    </div>
  )
}

function Sections({ isFound, ...props }: OptionsProps & { readonly isFound: (id: SectionId) => boolean }) {
  return (
    <>
      {GROUPS.flatMap(({ sections }) =>
        sections.map((id) => (
          <div class="setting" id={id} key={id} hidden={!isFound(id)}>
            {DRAWN[id](props)}
          </div>
        )),
      )}
    </>
  )
}

const DRAWN: Readonly<Record<SectionId, (props: OptionsProps) => ComponentChild>> = {
  user: ({ user }) => <SignedInUser model={user} />,
  shortcuts: ({ shortcuts }) => <Shortcuts model={shortcuts} />,
  card: ({ card }) => <CardSettings model={card} />,
  calling: ({ dialling }) => <Dialling model={dialling} />,
  notices: ({ notices }) => <Notices model={notices} />,
  sound: ({ sound }) => <RingSound model={sound} />,
  alerts: ({ alerts, notices }) => <Alerts model={alerts} notices={notices} />,
  sites: ({ sites }) => <Sites model={sites} />,
  contacts: ({ contacts }) => <Contacts model={contacts} />,
  crm: ({ crm }) => <CrmConnection model={crm} />,
  country: ({ country }) => <Country model={country} />,
  privacy: ({ privacy }) => <Privacy model={privacy} />,
  delete: ({ privacy }) => <DeleteData wiping={privacy.exportAndWipe} previousUsers={privacy.previousUsers} />,
  relay: ({ relay }) => <Relay model={relay} />,
  diagnostics: () => <Diagnostics />,
  help: () => <Help />,
  about: () => <About />,
}
