import { i18n } from '#i18n'
import { Switch } from '../Switch.tsx'
import { FeedbackLine } from './FeedbackLine.tsx'
import type { RingSoundModel } from './ring-sound-model.ts'

/** Whether calls are heard in this browser, how loud, and where. It can be heard before it is switched on. */
export function RingSound({ model }: { readonly model: RingSoundModel }) {
  const { isOn } = model.settings.value
  return (
    <section class="ring-sound">
      <h2>{i18n.t('ringSound.title')}</h2>
      <p class="quiet">{i18n.t('ringSound.lead')}</p>
      <Switch label={i18n.t('ringSound.switch')} isOn={isOn} onSwitch={(isWanted) => void model.switch(isWanted)} />
      {isOn && <Volume model={model} />}
      <button type="button" onClick={() => void model.play()}>
        {i18n.t('ringSound.play')}
      </button>
      {isOn && <Output model={model} />}
      <FeedbackLine feedback={model.feedback.value} />
    </section>
  )
}

function Volume({ model }: { readonly model: RingSoundModel }) {
  return (
    <label>
      {i18n.t('ringSound.volume')}
      <input
        type="range"
        min={VOLUME_STEP}
        max={100}
        step={VOLUME_STEP}
        value={model.settings.value.volumePercent}
        onChange={({ currentTarget }) => void model.setVolume(currentTarget.valueAsNumber)}
      />
    </label>
  )
}

/** What one can tell from the next. */
const VOLUME_STEP = 10

function Output({ model }: { readonly model: RingSoundModel }) {
  const { output } = model.settings.value
  const outputs = model.outputs.value
  if (outputs === undefined) {
    return (
      <>
        <p class="quiet">{i18n.t('ringSound.outputsLead')}</p>
        <button type="button" onClick={() => void model.askForOutputs()}>
          {i18n.t('ringSound.askForOutputs')}
        </button>
      </>
    )
  }
  const isThere = output === undefined || outputs.some(({ id }) => id === output.id)
  return (
    <>
      <label>
        {i18n.t('ringSound.output')}
        <select value={output?.id ?? ''} onChange={({ currentTarget }) => void model.chooseOutput(currentTarget.value)}>
          <option value="">{i18n.t('ringSound.usualOutput')}</option>
          {/* One that is not connected stays chosen, for when it is again. */}
          {[...outputs, ...(isThere || output === undefined ? [] : [output])].map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {!isThere && <p>{i18n.t('ringSound.outputGone', [output?.name ?? ''])}</p>}
    </>
  )
}
