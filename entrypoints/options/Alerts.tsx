import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { MAX_ALERT_SECONDS } from '../lib/settings/settings.ts'
import { nameUnit } from '../lib/wording/format.ts'
import { language } from '../lib/wording/labels.ts'
import { NumberField } from '../ui/NumberField.tsx'
import { Switch } from '../ui/Switch.tsx'
import { FeedbackLine } from '../ui/setup/FeedbackLine.tsx'
import type { NoticesModel } from '../ui/setup/notices-model.ts'
import type { AlertSeconds, AlertSwitch, AlertsModel } from './alerts-model.ts'

export interface AlertsProps {
  readonly model: AlertsModel
  readonly notices: NoticesModel
}

/** What the person wants to be reminded of, each with a switch of its own. */
export function Alerts({ model, notices }: AlertsProps) {
  return (
    <section class="alerts">
      <h2>{i18n.t('alerts.title')}</h2>
      <p class="quiet">{i18n.t('alerts.lead')}</p>
      {!notices.isOn.value && <p>{i18n.t('alerts.noticesOff')}</p>}
      <Alert model={model} name="holdIsOn" label={i18n.t('alerts.hold')}>
        <Seconds model={model} name="holdBadgeSeconds" label={i18n.t('alerts.holdBadge')} />
        <Seconds model={model} name="holdNoticeSeconds" label={i18n.t('alerts.holdNotice')} />
      </Alert>
      <Alert model={model} name="ringIsOn" label={i18n.t('alerts.ring')}>
        <Seconds model={model} name="ringSeconds" label={i18n.t('alerts.ringNotice')} />
      </Alert>
      <Alert model={model} name="missedIsOn" label={i18n.t('alerts.missed')}>
        <Time model={model} />
      </Alert>
      <Switch
        label={i18n.t('alerts.voicemails')}
        isOn={model.settings.value.voicemailsToReturn}
        onSwitch={(isOn) => void model.switch('voicemailsToReturn', isOn)}
      />
      <p class="quiet">{i18n.t('alerts.voicemailsLead')}</p>
      <FeedbackLine feedback={model.feedback.value} />
    </section>
  )
}

interface AlertProps {
  readonly model: AlertsModel
  readonly name: AlertSwitch
  readonly label: string
  readonly children: ComponentChildren
}

function Alert({ model, name, label, children }: AlertProps) {
  const isOn = model.settings.value[name]
  return (
    <fieldset>
      <legend class="unseen">{label}</legend>
      <Switch label={label} isOn={isOn} onSwitch={(isWanted) => void model.switch(name, isWanted)} />
      {isOn && <div class="fields">{children}</div>}
    </fieldset>
  )
}

interface SecondsProps {
  readonly model: AlertsModel
  readonly name: AlertSeconds
  readonly label: string
}

function Seconds({ model, name, label }: SecondsProps) {
  return (
    <NumberField
      label={label}
      unit={nameUnit('second', model.settings.value[name], language())}
      value={model.settings.value[name]}
      min={1}
      max={MAX_ALERT_SECONDS}
      onSet={(typed) => model.setSeconds(name, typed)}
    />
  )
}

/** The time of day of the last reminder; what is no time is said below it. */
function Time({ model }: { readonly model: AlertsModel }) {
  const [problem, setProblem] = useState<string>()
  const { missedMinute } = model.settings.value
  return (
    <div class="number-field">
      <label>
        {i18n.t('alerts.missedAt')}
        <input
          type="time"
          value={formatMinute(missedMinute)}
          aria-invalid={problem !== undefined}
          onChange={async ({ currentTarget }) => {
            const found = await model.setTime(currentTarget.value)
            if (found !== undefined) currentTarget.value = formatMinute(missedMinute)
            setProblem(found)
          }}
        />
      </label>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}

/** In the format of a time field: `17:00`. */
function formatMinute(minuteOfDay: number): string {
  return [Math.floor(minuteOfDay / 60), minuteOfDay % 60].map((part) => String(part).padStart(2, '0')).join(':')
}
