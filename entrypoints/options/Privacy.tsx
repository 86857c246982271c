import { i18n } from '#i18n'
import { FeedbackLine } from '../ui/setup/FeedbackLine.tsx'
import { ExportAndWipe } from './ExportAndWipe.tsx'
import { PreviousUsers } from './PreviousUsers.tsx'
import type { PrivacyModel } from './privacy-model.ts'
import { Retention } from './Retention.tsx'
import { StorageUse } from './StorageUse.tsx'

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
      <FeedbackLine feedback={model.feedback.value} />
      <Retention model={model.retention} />
      <StorageUse model={model.storageUse} />
      <ExportAndWipe model={model.exportAndWipe} />
      <PreviousUsers model={model.previousUsers} />
    </section>
  )
}
