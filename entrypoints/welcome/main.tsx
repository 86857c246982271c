import { render } from 'preact'
import '../ui/tokens.css'
import '../ui/controls.css'
import '../ui/setup/setup.css'
import './welcome.css'
import { i18n } from '#i18n'
import { loadNumberingPlans } from '../lib/numbers/load-plans.ts'
import { readGrantedSites } from '../lib/settings/sites.ts'
import { followStatus } from '../lib/signals/follow-status.ts'
import { language } from '../lib/wording/labels.ts'
import { createNoticesModel } from '../ui/setup/notices-model.ts'
import { createRelayModel } from '../ui/setup/relay-model.ts'
import { createRingSoundModel } from '../ui/setup/ring-sound-model.ts'
import { createSignedInUserModel } from '../ui/setup/signed-in-user-model.ts'
import { createSitesModel } from '../ui/setup/sites-model.ts'
import { createSampleModel } from './sample-model.ts'
import { Welcome } from './Welcome.tsx'

document.documentElement.lang = language()
document.title = i18n.t('welcome.title')
const root = document.getElementById('root')
if (root) {
  const status = followStatus()
  const sites = createSitesModel()
  // Completed steps are known before the first render: a step that opened for a moment would stay open.
  await Promise.all([loadNumberingPlans(), readGrantedSites()])
  const sample = await createSampleModel()
  render(
    <Welcome
      relay={createRelayModel(status)}
      user={createSignedInUserModel(status)}
      sites={sites}
      notices={createNoticesModel()}
      sound={createRingSoundModel()}
      sample={sample}
    />,
    root,
  )
}

// See it: install the extension, or "Show the welcome page" in the settings.
