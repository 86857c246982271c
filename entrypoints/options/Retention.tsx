import { i18n } from '#i18n'
import { MAX_KEPT_DAYS } from '../lib/settings/settings.ts'
import { nameUnit } from '../lib/wording/format.ts'
import { language } from '../lib/wording/labels.ts'
import { NumberField } from '../ui/NumberField.tsx'
import { Ask } from '../ui/setup/Ask.tsx'
import { FeedbackLine } from '../ui/setup/FeedbackLine.tsx'
import { type KeptDays, MIN_DAYS, type RetentionModel } from './retention-model.ts'

/** How long events, calls and notes are kept. A shorter time is asked about first. */
export function Retention({ model }: { readonly model: RetentionModel }) {
  const asked = model.asked.value
  return (
    <div class="part">
      <h3>{i18n.t('privacy.keep')}</h3>
      <div class="fields">
        <Days model={model} name="eventDays" label={i18n.t('privacy.events')} />
        <Days model={model} name="callDays" label={i18n.t('privacy.calls')} />
        <Days model={model} name="noteDays" label={i18n.t('privacy.notes')} />
      </div>
      <p class="quiet">{i18n.t('privacy.forEver')}</p>
      {asked && (
        <Ask
          question={i18n.t('privacy.askShorter')}
          yes={i18n.t('privacy.shorterYes')}
          no={i18n.t('privacy.shorterNo')}
          isDangerous
          onAnswer={(isYes) => void model.answer(isYes)}
        />
      )}
      <FeedbackLine feedback={model.feedback.value} />
    </div>
  )
}

interface DaysProps {
  readonly model: RetentionModel
  readonly name: KeptDays
  readonly label: string
}

function Days({ model, name, label }: DaysProps) {
  const days = model.asked.value?.[name] ?? model.settings.value[name]
  return (
    <NumberField
      label={label}
      unit={nameUnit('day', days, language())}
      value={days}
      min={MIN_DAYS[name]}
      max={MAX_KEPT_DAYS}
      onSet={(typed) => model.setDays(name, typed)}
    />
  )
}
