import { i18n } from '#i18n'
import { DayField } from './DayField.tsx'
import { earlierOf, laterOf } from './days.ts'
import type { ReportsModel } from './model.ts'
import type { NamedRange } from './range.ts'

const NAMED = ['today', '7d', '30d', '90d', 'year'] as const satisfies readonly NamedRange[]

export function RangePicker({ model }: { readonly model: ReportsModel }) {
  const { range, spans, today } = model
  const { fromDay, toDay } = spans.value.now
  const chosen = range.value.kind

  const choose = (fromDay: string, toDay: string) => {
    range.value = { kind: 'own', fromDay, toDay }
  }

  return (
    <fieldset class="range">
      <legend class="unseen">{i18n.t('reports.range')}</legend>
      <div class="segments">
        {NAMED.map((kind) => (
          <label key={kind}>
            <input
              type="radio"
              name="range"
              class="unseen"
              checked={chosen === kind}
              onChange={() => {
                range.value = { kind }
              }}
            />
            <span>{i18n.t(`reports.ranges.${kind}`)}</span>
          </label>
        ))}
        <label>
          <input
            type="radio"
            name="range"
            class="unseen"
            checked={chosen === 'own'}
            onChange={() => choose(fromDay, toDay)}
          />
          <span>{i18n.t('reports.ranges.own')}</span>
        </label>
      </div>
      {chosen === 'own' && (
        <div class="own">
          {/* A day beyond the other end moves that end along, because people change one end after the other. */}
          <DayField
            label={i18n.t('reports.from')}
            day={fromDay}
            lastDay={today.value}
            onChange={(day) => choose(day, laterOf(day, toDay))}
          />
          <DayField
            label={i18n.t('reports.to')}
            day={toDay}
            lastDay={today.value}
            onChange={(day) => choose(earlierOf(day, fromDay), day)}
          />
        </div>
      )}
    </fieldset>
  )
}
