import { i18n } from '#i18n'
import { Switch } from '../ui/Switch.tsx'
import { FeedbackLine } from '../ui/setup/FeedbackLine.tsx'
import { Export } from './Export.tsx'
import type { PrivacyModel } from './privacy-model.ts'
import { Retention } from './Retention.tsx'
import { StorageUse } from './StorageUse.tsx'

/** What is stored and where, who sees numbers, how long it stays, and how to take it along. */
export function Privacy({ model }: { readonly model: PrivacyModel }) {
  return (
    <section class="privacy">
      <h2>{i18n.t('privacy.title')}</h2>
      <p>{i18n.t('privacy.lead')}</p>
      <Switch
        label={i18n.t('privacy.mask')}
        isOn={model.isMasking.value}
        onSwitch={(isWanted) => void model.setMasking(isWanted)}
      />
      <p class="quiet">{i18n.t('privacy.maskLead')}</p>
      <FeedbackLine feedback={model.feedback.value} />
      <Retention model={model.retention} />
      <StorageUse model={model.storageUse} />
      <Export model={model.exportAndWipe} />
    </section>
  )
}
