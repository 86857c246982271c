import { i18n } from '#i18n'
import type { Distribution } from '../../../shared/metrics/distribution.ts'
import { formatClock, formatCount } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import { createHistogram } from '../histogram.ts'
import { formatBin } from '../labels.ts'
import type { ReportsModel } from '../model.ts'
import { Chart } from './Chart.tsx'

interface SpreadChartProps {
  readonly model: ReportsModel
  readonly name: 'ring' | 'hold'
  readonly times: Distribution
}

/** The number of calls by how long it took. */
export function SpreadChart({ model, name, times }: SpreadChartProps) {
  const bins = createHistogram(times)
  if (bins.length === 0) return null
  return (
    <Chart
      name={`${name}-spread`}
      title={i18n.t(`reports.chart.spread.${name}`)}
      shape="bars"
      unit="count"
      placesName={i18n.t(`figure.${name}`)}
      places={bins.map((bin) => ({
        short: bin.toMs === undefined ? formatBin(bin) : `≤ ${formatClock(bin.toMs)}`,
        full: formatBin(bin),
      }))}
      series={[{ name, label: i18n.t('reports.figure.calls'), values: bins.map(({ count }) => count) }]}
      format={(count) => formatCount(count, language())}
      doors={model.doors}
      doorOf={(place) => {
        const bin = bins[place]
        if (bin === undefined || bin.count === 0) return undefined
        // The first one takes in its beginning.
        return { only: { kind: 'time', name, ...(place > 0 && { fromMs: bin.fromMs }), toMs: bin.toMs } }
      }}
    />
  )
}
