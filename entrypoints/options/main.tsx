import { render } from 'preact'
import '../ui/tokens.css'
import '../ui/controls.css'
import '../ui/setup/setup.css'
import './options.css'
import './contacts/contacts.css'
import './privacy.css'
import './crm/crm.css'
import { i18n } from '#i18n'
import { loadNumberingPlans } from '../lib/numbers/load-plans.ts'
import { followStatus } from '../lib/signals/follow-status.ts'
import { language } from '../lib/wording/labels.ts'
import { createNoticesModel } from '../ui/setup/notices-model.ts'
import { createRelayModel } from '../ui/setup/relay-model.ts'
import { createRingSoundModel } from '../ui/setup/ring-sound-model.ts'
import { createSignedInUserModel } from '../ui/setup/signed-in-user-model.ts'
import { createSitesModel } from '../ui/setup/sites-model.ts'
import { createAlertsModel } from './alerts-model.ts'
import { createCardSettingsModel } from './card-settings-model.ts'
import { createContactsModel } from './contacts/contacts-model.ts'
import { createCountryModel } from './country-model.ts'
import { createCrmConnectionModel } from './crm/crm-connection-model.ts'
import { createDiallingModel } from './dialling-model.ts'
import { Options } from './Options.tsx'
import { createPrivacyModel } from './privacy-model.ts'
import { createShortcutsModel } from './shortcuts-model.ts'

document.documentElement.lang = language()
document.title = i18n.t('settings.title')
const root = document.getElementById('root')
if (root) {
  const status = followStatus()
  await loadNumberingPlans()
  const user = createSignedInUserModel(status)
  render(
    <Options
      relay={createRelayModel(status)}
      user={user}
      sites={createSitesModel()}
      card={createCardSettingsModel()}
      country={createCountryModel(status)}
      contacts={createContactsModel(status)}
      crm={createCrmConnectionModel(status)}
      dialling={createDiallingModel(status)}
      notices={createNoticesModel()}
      sound={createRingSoundModel()}
      alerts={createAlertsModel()}
      privacy={createPrivacyModel(status, user.left)}
      shortcuts={createShortcutsModel()}
    />,
    root,
  )
  // What the address leads to was not there yet when the browser looked for it.
  document.getElementById(location.hash.slice(1))?.scrollIntoView()
}

// See it: npm start, then Settings at the foot of the popup.
