import { i18n } from '#i18n'
import type { Tally } from '../../../shared/metrics/tally.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import { formatClock, formatCount } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import type { Door } from '../doors.ts'
import { formatShare } from '../labels.ts'
import type { ReportsModel } from '../model.ts'
import { listWithin, traceWithin, type WithinPoint } from '../within-curve.ts'
import { Chart } from './Chart.tsx'

interface WithinChartProps {
  readonly model: ReportsModel
  readonly tally: Tally
}

/** Which share of the calls was answered within each second of ringing, the goal marked. */
export function WithinChart({ model, tally }: WithinChartProps) {
  const goalMs = model.goalMs.value
  const points = traceWithin(tally, goalMs)
  if (points.length === 0) return null
  const share = (value: number) => formatShare(value, language())
  return (
    <Chart
      name="within"
      title={i18n.t('reports.chart.within')}
      shape="steps"
      unit="share"
      placesName={i18n.t('reports.chart.places.within')}
      places={points.map(({ limitMs }) => ({ short: formatClock(limitMs), full: formatClock(limitMs) }))}
      series={[{ name: 'answered', label: i18n.t('reports.figure.answered'), values: points.map((one) => one.share) }]}
      mark={{ place: goalMs / SECOND_MS, label: i18n.t('reports.chart.goal', [formatClock(goalMs)]) }}
      format={share}
      doors={model.doors}
      doorOf={(place) => doorTo(points[place])}
      rows={listWithin(tally, goalMs).map((point) => {
        const door = doorTo(point)
        const text = i18n.t('reports.shareAndCount', [share(point.share), formatCount(point.count, language())])
        return { head: formatClock(point.limitMs), door, cells: [{ text, door }] }
      })}
    />
  )
}

/** To the calls that were answered within the limit. */
function doorTo(point: WithinPoint | undefined): Door | undefined {
  if (point === undefined || point.count === 0) return undefined
  return { only: { kind: 'count', name: 'within', limitMs: point.limitMs } }
}
