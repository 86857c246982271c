import { i18n } from '#i18n'
import { timeField } from '../../../shared/metrics/figures.ts'
import { formatClock, formatCount } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import { type Door, doorToDays } from '../doors.ts'
import { type Bucket, type SpanFigures, STACKED_FIGURES } from '../figures.ts'
import { formatHour, formatHourShort, formatSlot, formatSlotShort } from '../labels.ts'
import type { ReportsModel } from '../model.ts'
import type { Part } from '../only.ts'
import { RESULTS } from '../result.ts'
import { HOURS, slotKindOf } from '../slots.ts'
import { Chart, type ChartSeries } from './Chart.tsx'
import type { SeriesName } from './colours.ts'
import { SpreadChart } from './SpreadChart.tsx'
import { WithinChart } from './WithinChart.tsx'

interface ChartsProps {
  readonly model: ReportsModel
  readonly figures: SpanFigures
}

export function Charts({ model, figures }: ChartsProps) {
  const { tally, byHour, bySlot } = figures
  const kind = slotKindOf(model.shownSpans.value.now)
  const slots = bySlot.map(({ slot }) => ({
    short: formatSlotShort(slot, language()),
    full: formatSlot(slot, language()),
  }))
  const busy = selectBusyHours(byHour)
  const doorToSlot = (place: number, part?: Part): Door | undefined => {
    const slot = bySlot[place]?.slot
    if (slot === undefined) return undefined
    return slot.hour === undefined ? doorToDays(slot, part) : doorToHour(slot.hour, part)
  }
  return (
    <section class="charts">
      <h2 class="unseen">{i18n.t('reports.chart.title')}</h2>
      {kind !== 'hour' && (
        <Chart
          name="calls"
          title={i18n.t(`reports.chart.calls.${kind}`)}
          shape="bars"
          unit="count"
          placesName={i18n.t(`reports.chart.places.${kind}`)}
          places={slots}
          series={listResults(bySlot)}
          format={(count) => formatCount(count, language())}
          doors={model.doors}
          doorOf={(place, series) => doorToSlot(place, partOf(series))}
        />
      )}
      <Chart
        name="hours"
        title={i18n.t('reports.chart.calls.hour')}
        shape="bars"
        unit="count"
        placesName={i18n.t('reports.chart.places.hour')}
        places={busy.map((hour) => ({
          short: formatHourShort(hour, language()),
          full: formatHour(hour, language()),
        }))}
        series={listResults(busy.flatMap((hour) => byHour[hour] ?? []))}
        format={(count) => formatCount(count, language())}
        doors={model.doors}
        doorOf={(place, series) => {
          const hour = busy[place]
          return hour === undefined ? undefined : doorToHour(hour, partOf(series))
        }}
      />
      <Chart
        name="times"
        title={i18n.t(`reports.chart.times.${kind}`)}
        shape="bars"
        unit="time"
        placesName={i18n.t(`reports.chart.places.${kind}`)}
        places={slots}
        series={listTimes(bySlot)}
        format={formatClock}
        doors={model.doors}
        doorOf={(place, series) => doorToSlot(place, partOf(series))}
      />
      <WithinChart model={model} tally={tally} />
      <SpreadChart model={model} name="ring" times={tally.distributions.ring} />
      <SpreadChart model={model} name="hold" times={tally.distributions.hold} />
    </section>
  )
}

function doorToHour(hour: number, part?: Part): Door {
  return { only: { kind: 'hour', hour, ...(part && { of: part }) } }
}

/** The calls that a series is about. */
function partOf(series: SeriesName | undefined): Part | undefined {
  const time = STACKED_FIGURES.find((name) => name === series)
  if (time !== undefined) return { kind: 'time', name: time }
  const result = RESULTS.find((name) => name === series)
  return result && { kind: 'result', result }
}

/** From the first hour with a call to the last one. */
function selectBusyHours(byHour: readonly Bucket[]): readonly number[] {
  const hasCalls = ({ results }: Bucket) => Object.values(results).some((count) => count > 0)
  const [first, last] = [byHour.findIndex(hasCalls), byHour.findLastIndex(hasCalls)]
  return HOURS.filter((hour) => hour >= first && hour <= last)
}

/** Only results that occurred: a legend of six colours for two kinds of calls would be noise. */
function listResults(buckets: readonly Bucket[]): readonly ChartSeries[] {
  return RESULTS.map((name) => ({
    name,
    label: i18n.t(`reports.result.${name}`),
    values: buckets.map(({ results }) => results[name]),
  })).filter(({ values }) => values.some((count) => count > 0))
}

function listTimes(buckets: readonly Bucket[]): readonly ChartSeries[] {
  return STACKED_FIGURES.map((name) => ({
    name,
    label: i18n.t(`figure.${name}`),
    values: buckets.map((bucket) => bucket[timeField(name)]),
  }))
}
