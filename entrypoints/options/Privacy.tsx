import { i18n } from '#i18n'
import { Saying } from '../ui/setup/Saying.tsx'
import { Keeping } from './Keeping.tsx'
import { Others } from './Others.tsx'
import type { PrivacyModel } from './privacy-model.ts'
import { Room } from './Room.tsx'
import { Take } from './Take.tsx'

/** What is stored and where, who sees numbers, how long it stays, and how to take it along or wipe it. */
export function Privacy({ model }: { readonly model: PrivacyModel }) {
  return (
    <section class="privacy">
      <h2>{i18n.t('privacy.title')}</h2>
      <p>{i18n.t('privacy.lead')}</p>
      <label class="check">
        <input
          type="checkbox"
          checked={model.isMasking.value}
          onChange={({ currentTarget }) => void model.setMasking(currentTarget.checked)}
        />
        {i18n.t('privacy.mask')}
      </label>
      <p class="quiet">{i18n.t('privacy.maskLead')}</p>
      <Saying said={model.said.value} />
      <Keeping model={model.keeping} />
      <Room model={model.room} />
      <Take model={model.take} />
      <Others model={model.others} />
    </section>
  )
}
