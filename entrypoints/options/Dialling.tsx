import { i18n } from '#i18n'
import { Switch } from '../ui/Switch.tsx'
import { FeedbackLine } from '../ui/setup/FeedbackLine.tsx'
import type { DiallingModel } from './dialling-model.ts'

/** From which phone numbers are called, and whether links to numbers call too. */
export function Dialling({ model }: { readonly model: DiallingModel }) {
  const { isOn } = model.dialling.value
  return (
    <section>
      <h2>{i18n.t('dialling.title')}</h2>
      <p class="quiet">{i18n.t('dialling.lead')}</p>
      <Phone model={model} />
      <Switch label={i18n.t('dialling.links')} isOn={isOn} onSwitch={(isWanted) => void model.set(isWanted)} />
      <p class="quiet">{i18n.t('dialling.linksLead')}</p>
      <FeedbackLine feedback={model.feedback.value} />
    </section>
  )
}

function Phone({ model }: { readonly model: DiallingModel }) {
  const { deviceId = '' } = model.dialling.value
  const devices = model.devices.value
  if (!model.isSignedIn.value) return <p>{i18n.t('dialling.signedOut')}</p>
  if (devices === undefined) return <p class="quiet">{i18n.t('dial.looking')}</p>
  if (devices.length === 0) return <p>{i18n.t('dialling.noDevice')}</p>
  // A chosen phone that is offline stays chosen; meanwhile the first one online is used.
  const isThere = devices.some(({ id }) => id === deviceId)
  return (
    <label>
      {i18n.t('dialling.device')}
      <select value={isThere ? deviceId : ''} onChange={(event) => void model.chooseDevice(event.currentTarget.value)}>
        <option value="">{i18n.t('dialling.anyDevice')}</option>
        {devices.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
