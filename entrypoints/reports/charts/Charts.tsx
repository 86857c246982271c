import { i18n } from '#i18n'
import { timeField } from '../../../shared/metrics/figures.ts'
import { formatClock } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import { type Bucket, type SpanFigures, STACKED_FIGURES } from '../figures.ts'
import { formatCount, formatHour, formatHourShort, formatSlot, formatSlotShort } from '../labels.ts'
import type { ReportsModel } from '../model.ts'
import { RESULTS } from '../result.ts'
import { slotKindOf } from '../slots.ts'
import { Chart, type ChartSeries } from './Chart.tsx'
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
  const hours = byHour.map((_, hour) => ({
    short: formatHourShort(hour, language()),
    full: formatHour(hour, language()),
  }))
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
        />
      )}
      <Chart
        name="hours"
        title={i18n.t('reports.chart.calls.hour')}
        shape="bars"
        unit="count"
        placesName={i18n.t('reports.chart.places.hour')}
        places={hours}
        series={listResults(byHour)}
        format={(count) => formatCount(count, language())}
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
      />
      <WithinChart model={model} tally={tally} />
      <SpreadChart name="ring" times={tally.distributions.ring} />
      <SpreadChart name="hold" times={tally.distributions.hold} />
    </section>
  )
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
