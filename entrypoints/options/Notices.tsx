import { i18n } from '#i18n'
import { FeedbackLine } from '../ui/setup/FeedbackLine.tsx'
import type { NoticesModel } from './notices-model.ts'

/** Chrome's own notifications, on or off. */
export function Notices({ model }: { readonly model: NoticesModel }) {
  const isOn = model.isOn.value
  return (
    <section>
      <h2>{i18n.t('settings.notices')}</h2>
      <p class="quiet">{i18n.t('settings.noticesLead')}</p>
      <button type="button" onClick={() => void model.set(!isOn)}>
        {i18n.t(isOn ? 'settings.noticesSwitchOff' : 'settings.noticesSwitchOn')}
      </button>
      <FeedbackLine feedback={model.feedback.value} />
    </section>
  )
}
