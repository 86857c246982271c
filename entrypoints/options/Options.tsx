import { i18n } from '#i18n'
import { Person } from '../ui/setup/Person.tsx'
import type { PersonModel } from '../ui/setup/person-model.ts'
import { Relay } from '../ui/setup/Relay.tsx'
import type { RelayModel } from '../ui/setup/relay-model.ts'
import { Sites } from '../ui/setup/Sites.tsx'
import type { SitesModel } from '../ui/setup/sites-model.ts'
import { Notices } from './Notices.tsx'
import type { NoticesModel } from './notices-model.ts'

export interface OptionsProps {
  readonly relay: RelayModel
  readonly person: PersonModel
  readonly sites: SitesModel
  readonly notices: NoticesModel
}

/** Every setting in a section of its own; each takes effect at once and says so. */
export function Options({ relay, person, sites, notices }: OptionsProps) {
  return (
    <main>
      <h1>{i18n.t('settings.title')}</h1>
      <Relay model={relay} />
      <Person model={person} />
      <Sites model={sites} />
      <Notices model={notices} />
      <p class="quiet">{i18n.t('settings.privacy')}</p>
    </main>
  )
}
