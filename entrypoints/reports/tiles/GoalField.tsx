import { i18n } from '#i18n'
import { SECOND_MS } from '../../../shared/time.ts'
import { MAX_ANSWER_GOAL_SECONDS } from '../../lib/settings/settings.ts'
import type { ReportsModel } from '../model.ts'

/** Within how many seconds a call counts as answered in time; applied at once, and kept. */
export function GoalField({ model }: { readonly model: ReportsModel }) {
  return (
    <label class="goal">
      {i18n.t('reports.goal')}{' '}
      <input
        type="number"
        min={1}
        max={MAX_ANSWER_GOAL_SECONDS}
        step={1}
        required
        value={model.goalMs.value / SECOND_MS}
        onInput={({ currentTarget }) => {
          if (currentTarget.validity.valid) model.setGoal(currentTarget.valueAsNumber)
        }}
      />
    </label>
  )
}
