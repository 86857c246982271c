import { i18n } from '#i18n'
import { Relay } from '../ui/setup/Relay.tsx'
import type { RelayModel } from '../ui/setup/relay-model.ts'
import { SignedInUser } from '../ui/setup/SignedInUser.tsx'
import { Sites } from '../ui/setup/Sites.tsx'
import type { SignedInUserModel } from '../ui/setup/signed-in-user-model.ts'
import type { SitesModel } from '../ui/setup/sites-model.ts'
import { Alerts } from './Alerts.tsx'
import type { AlertsModel } from './alerts-model.ts'
import { CardSettings } from './CardSettings.tsx'
import { Country } from './Country.tsx'
import type { CardSettingsModel } from './card-settings-model.ts'
import { Contacts } from './contacts/Contacts.tsx'
import type { ContactsModel } from './contacts/contacts-model.ts'
import type { CountryModel } from './country-model.ts'
import { Dialling } from './Dialling.tsx'
import type { DiallingModel } from './dialling-model.ts'
import { Notices } from './Notices.tsx'
import type { NoticesModel } from './notices-model.ts'
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
  readonly dialling: DiallingModel
  readonly notices: NoticesModel
  readonly alerts: AlertsModel
  readonly privacy: PrivacyModel
  readonly shortcuts: ShortcutsModel
}

/** Every setting in a section of its own; each takes effect at once and says so. */
export function Options({
  relay,
  user,
  sites,
  card,
  country,
  contacts,
  dialling,
  notices,
  alerts,
  privacy,
  shortcuts,
}: OptionsProps) {
  return (
    <main>
      <h1>{i18n.t('settings.title')}</h1>
      <Relay model={relay} />
      <SignedInUser model={user} />
      <Sites model={sites} />
      <CardSettings model={card} />
      <Country model={country} />
      <Contacts model={contacts} />
      <Dialling model={dialling} />
      <Notices model={notices} />
      <Alerts model={alerts} notices={notices} />
      <Privacy model={privacy} />
      <Shortcuts model={shortcuts} />
      <section>
        <h2>{i18n.t('diagnostics.title')}</h2>
        <p class="quiet">{i18n.t('diagnostics.lead')}</p>
        <p>
          <a href="/diagnostics.html">{i18n.t('diagnostics.open')}</a>
        </p>
      </section>
      <p>
        <a href="/welcome.html">{i18n.t('welcome.again')}</a>
      </p>
    </main>
  )
}
