import { i18n } from '#i18n'
import { isDay } from './days.ts'
import type { ReportsModel } from './model.ts'
import type { NamedRange } from './range.ts'

const NAMED = ['today', '7d', '30d', '90d', 'year'] as const satisfies readonly NamedRange[]

export function RangePicker({ model }: { readonly model: ReportsModel }) {
  const { range, spans, today } = model
  const { fromDay, toDay } = spans.value.now
  const chosen = range.value.kind

  /** Days the wrong way round are what was meant, read from the other end. */
  function chooseDays(from: string, to: string): void {
    if (!isDay(from) || !isDay(to)) return
    range.value = { kind: 'own', fromDay: from < to ? from : to, toDay: from < to ? to : from }
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
            onChange={() => chooseDays(fromDay, toDay)}
          />
          <span>{i18n.t('reports.ranges.own')}</span>
        </label>
      </div>
      {chosen === 'own' && (
        <div class="own">
          <label>
            {i18n.t('reports.from')}{' '}
            <input
              type="date"
              value={fromDay}
              max={today.value}
              onChange={({ currentTarget }) => chooseDays(currentTarget.value, toDay)}
            />
          </label>
          <label>
            {i18n.t('reports.to')}{' '}
            <input
              type="date"
              value={toDay}
              max={today.value}
              onChange={({ currentTarget }) => chooseDays(fromDay, currentTarget.value)}
            />
          </label>
        </div>
      )}
    </fieldset>
  )
}
