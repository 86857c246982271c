import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import {
  type BoardSettings,
  boardSettings,
  MAX_ALERT_SECONDS,
  MAX_IMPORTANT_NUMBERS,
  MAX_PHRASE_LENGTH,
  MAX_PHRASES,
} from '../../lib/settings/settings.ts'
import { nameUnit } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { listPhrases } from '../help/phrases.ts'
import type { BoardPage } from '../page.ts'
import { AllowNotices } from './AllowNotices.tsx'

type NamesOf<T> = { [Name in keyof BoardSettings]-?: BoardSettings[Name] extends T ? Name : never }[keyof BoardSettings]

/** What the board tells of, what its numbers are measured by, and the quick lines. All of it holds at once. */
export function BoardSettingsForm({ page: { model } }: { readonly page: BoardPage }) {
  const settings = model.settings.value
  const [said, setSaid] = useState('')

  async function save(change: Partial<BoardSettings>): Promise<void> {
    await boardSettings.setValue({ ...(await boardSettings.getValue()), ...change })
    setSaid(i18n.t('alerts.saved'))
  }

  const number = (name: NamesOf<number>, label: string, max = MAX_ALERT_SECONDS, min = 1) => (
    <NumberField
      label={label}
      {...(name.endsWith('Seconds') && { unit: nameUnit('second', settings[name], language()) })}
      value={settings[name]}
      min={min}
      max={max}
      onSet={async (typed) => {
        const value = Number(typed)
        const isGood = typed !== '' && Number.isInteger(value) && value >= min && value <= max
        if (!isGood) return i18n.t('board.malformedNumber', [String(min), String(max)])
        await save({ [name]: value })
        return undefined
      }}
    />
  )
  const toggle = (name: NamesOf<boolean>, label: string) => (
    <label class="switch">
      <input
        type="checkbox"
        checked={settings[name]}
        onChange={({ currentTarget }) => void save({ [name]: currentTarget.checked })}
      />
      {label}
    </label>
  )

  return (
    <div class="board-settings">
      <p class="quiet" role="status">
        {said}
      </p>
      <fieldset>
        <legend>{i18n.t('routing.alerts')}</legend>
        <AllowNotices />
        {toggle('handIsOn', i18n.t('board.setting.hand'))}
        {toggle('waitIsOn', i18n.t('board.setting.wait'))}
        {number('waitSeconds', i18n.t('board.setting.waitSeconds'))}
        {toggle('holdIsOn', i18n.t('board.setting.hold'))}
        {number('holdSeconds', i18n.t('board.setting.holdSeconds'))}
        {toggle('levelIsOn', i18n.t('board.setting.level'))}
        {toggle('ruleIsOn', i18n.t('board.setting.rule'))}
        {toggle('importantIsOn', i18n.t('board.setting.important'))}
        {number('importantSeconds', i18n.t('board.setting.importantSeconds'))}
        <label>
          {i18n.t('board.setting.importantTag')}
          <input
            dir="auto"
            maxLength={64}
            value={settings.importantTag}
            onChange={({ currentTarget }) => void save({ importantTag: currentTarget.value.trim() })}
          />
        </label>
        <Lines
          label={i18n.t('board.setting.importantNumbers')}
          lines={settings.importantNumbers}
          most={MAX_IMPORTANT_NUMBERS}
          onSet={(importantNumbers) => save({ importantNumbers })}
        />
      </fieldset>
      <fieldset>
        <legend>{i18n.t('board.setting.targets')}</legend>
        {number('waitingGoal', i18n.t('board.setting.waitingGoal'), 1000, 0)}
        {number('levelGoalPercent', i18n.t('board.setting.levelGoal'), 100)}
        {number('abandonedGoalPercent', i18n.t('board.setting.abandonedGoal'), 100, 0)}
        {number('availableGoal', i18n.t('board.setting.availableGoal'), 1000, 0)}
        {number('holdAmberSeconds', i18n.t('board.setting.holdAmber'))}
        {number('holdRedSeconds', i18n.t('board.setting.holdRed'))}
      </fieldset>
      <fieldset>
        <legend>{i18n.t('board.setting.phrases')}</legend>
        <Lines
          label={i18n.t('board.setting.phrasesLead')}
          lines={listPhrases(settings)}
          most={MAX_PHRASES}
          longest={MAX_PHRASE_LENGTH}
          onSet={(phrases) => save({ phrases })}
        />
      </fieldset>
    </div>
  )
}

interface LinesProps {
  readonly label: string
  readonly lines: readonly string[]
  readonly most: number
  readonly longest?: number
  readonly onSet: (lines: readonly string[]) => Promise<void>
}

/** Texts, one a line. What is too much or too long is cut where it ends. */
function Lines({ label, lines, most, longest = 32, onSet }: LinesProps) {
  return (
    <label>
      {label}
      <textarea
        dir="auto"
        rows={3}
        value={lines.join('\n')}
        onChange={({ currentTarget }) => {
          const typed = currentTarget.value.split('\n').map((line) => line.trim().slice(0, longest))
          void onSet([...new Set(typed)].filter(Boolean).slice(0, most))
        }}
      />
    </label>
  )
}
