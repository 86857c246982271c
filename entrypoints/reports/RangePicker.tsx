import { i18n } from '#i18n'
import { Segments } from '../ui/Segments.tsx'
import { DayField } from './DayField.tsx'
import { earlierOf, laterOf } from './days.ts'
import type { ReportsModel } from './model.ts'
import type { RangeChoice } from './range.ts'

const KINDS = ['today', '7d', '30d', '90d', 'year', 'own'] as const satisfies readonly RangeChoice['kind'][]

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
      <Segments
        name="range"
        options={KINDS}
        chosen={chosen}
        labelOf={(kind) => i18n.t(`reports.ranges.${kind}`)}
        onChoose={(kind) => {
          if (kind === 'own') choose(fromDay, toDay)
          else range.value = { kind }
        }}
      />
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
