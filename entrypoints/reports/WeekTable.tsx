import { i18n } from '#i18n'
import { formatClock } from '../lib/wording/format.ts'
import { language } from '../lib/wording/labels.ts'
import { countDays } from './days.ts'
import type { SlotBucket, SpanFigures } from './figures.ts'
import { formatCount, formatDays, formatWeekday } from './labels.ts'
import type { ReportsModel } from './model.ts'
import { Scroll } from './Scroll.tsx'

/** More days beside each other are no week any more. */
const MOST_DAYS = 7

/** The days of a week beside each other by their weekdays: every one opens its calls. */
export function WeekTable({ model, figures }: { readonly model: ReportsModel; readonly figures: SpanFigures }) {
  const { fromDay, toDay } = model.shownSpans.value.now
  const days = figures.bySlot
  if (fromDay === toDay || countDays(fromDay, toDay) > MOST_DAYS) return null
  return (
    <Scroll label={i18n.t('reports.week')}>
      <table class="week">
        <caption class="unseen">{i18n.t('reports.week')}</caption>
        <thead>
          <tr>
            <td />
            {days.map(({ slot }) => (
              <th key={slot.fromDay} scope="col">
                <button
                  type="button"
                  class="link"
                  title={formatDays(slot, language())}
                  onClick={() => model.doors.open({ range: { kind: 'own', fromDay: slot.fromDay, toDay: slot.toDay } })}
                >
                  {formatWeekday(slot.fromDay, language())}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ROWS.map(({ name, of }) => (
            <tr key={name} data-name={name}>
              <th scope="row">{nameRow(name)}</th>
              {days.map((day) => (
                <td key={day.slot.fromDay}>{of(day)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

const ROWS = [
  { name: 'calls', of: ({ results }: SlotBucket) => count(Object.values(results).reduce((sum, one) => sum + one, 0)) },
  { name: 'missed', of: ({ results }: SlotBucket) => count(results.missed) },
  { name: 'talk', of: ({ talkMs }: SlotBucket) => time(talkMs) },
  { name: 'hold', of: ({ holdMs }: SlotBucket) => time(holdMs) },
] as const

function nameRow(name: (typeof ROWS)[number]['name']): string {
  return name === 'talk' || name === 'hold' ? i18n.t(`figure.${name}`) : i18n.t(`reports.figure.${name}`)
}

function count(amount: number): string {
  return amount === 0 ? '–' : formatCount(amount, language())
}

function time(ms: number): string {
  return ms === 0 ? '–' : formatClock(ms)
}
