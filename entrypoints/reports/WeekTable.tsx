import { i18n } from '#i18n'
import { formatClock, formatCount } from '../lib/wording/format.ts'
import { language } from '../lib/wording/labels.ts'
import { DoorButton } from './DoorButton.tsx'
import { countDays } from './days.ts'
import { doorToDays } from './doors.ts'
import type { SlotBucket, SpanFigures } from './figures.ts'
import { formatDays, formatWeekday } from './labels.ts'
import type { ReportsModel } from './model.ts'
import type { Only } from './only.ts'
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
                <DoorButton doors={model.doors} to={doorToDays(slot)} title={formatDays(slot, language())} looks="link">
                  {formatWeekday(slot.fromDay, language())}
                </DoorButton>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ROWS.map((row) => (
            <tr key={row.name} data-name={row.name}>
              <th scope="row">{nameRow(row.name)}</th>
              {days.map((day) => (
                <td key={day.slot.fromDay}>
                  <Cell model={model} row={row} day={day} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

interface Row {
  readonly name: 'calls' | 'missed' | 'talk' | 'hold'
  readonly of: (day: SlotBucket) => number
  readonly format: (amount: number) => string
  /** Which calls of the day it is made of; absent: all. */
  readonly only?: Only
}

const count = (amount: number) => formatCount(amount, language())

const ROWS: readonly Row[] = [
  { name: 'calls', of: ({ results }) => Object.values(results).reduce((sum, one) => sum + one, 0), format: count },
  { name: 'missed', of: ({ results }) => results.missed, format: count, only: { kind: 'count', name: 'missed' } },
  { name: 'talk', of: ({ talkMs }) => talkMs, format: formatClock, only: { kind: 'time', name: 'talk' } },
  { name: 'hold', of: ({ holdMs }) => holdMs, format: formatClock, only: { kind: 'time', name: 'hold' } },
]

interface CellProps {
  readonly model: ReportsModel
  readonly row: Row
  readonly day: SlotBucket
}

function Cell({ model, row: { name, of, format, only }, day }: CellProps) {
  const amount = of(day)
  if (amount === 0) return '–'
  return (
    <DoorButton
      doors={model.doors}
      to={doorToDays(day.slot, only)}
      label={`${format(amount)} ${nameRow(name)}, ${formatDays(day.slot, language())}`}
    >
      {format(amount)}
    </DoorButton>
  )
}

function nameRow(name: Row['name']): string {
  return name === 'talk' || name === 'hold' ? i18n.t(`figure.${name}`) : i18n.t(`reports.figure.${name}`)
}
