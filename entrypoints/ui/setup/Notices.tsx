import { i18n } from '#i18n'
import { Switch } from '../Switch.tsx'
import { FeedbackLine } from './FeedbackLine.tsx'
import type { NoticesModel } from './notices-model.ts'

/** Chrome's own notifications, on or off. */
export function Notices({ model }: { readonly model: NoticesModel }) {
  return (
    <section>
      <h2>{i18n.t('settings.notices')}</h2>
      <p class="quiet">{i18n.t('settings.noticesLead')}</p>
      <Switch
        label={i18n.t('settings.noticesSwitch')}
        isOn={model.isOn.value}
        onSwitch={(isOn) => void model.set(isOn)}
      />
      <FeedbackLine feedback={model.feedback.value} />
    </section>
  )
}
