import uPlot from 'uplot'
import { COUNT_STEPS, choosePlaces, SHARE_STEPS, TIME_STEPS } from './axes.ts'
import { type ChartColours, readColours } from './colours.ts'
import { stackSeries } from './stack.ts'

/** What is drawn: one value of each series at each place. */
export interface PlotData {
  /** Bars that stand on each other, or one line that rises in steps. */
  readonly shape: 'bars' | 'steps'
  readonly unit: 'count' | 'time' | 'share'
  /** What the places are called on the axis. */
  readonly labels: readonly string[]
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[]
  /** A place to be marked by a line, and what to call it. */
  readonly mark?: { readonly place: number; readonly label: string }
}

export interface PlotOptions {
  readonly data: PlotData
  formatValue(value: number): string
  /** The place under the pointer. */
  onPoint(place: number | undefined): void
}

export interface Plot {
  /** Draws it again at the current width, in the current colours. */
  redraw(): void
  /** The same, if the width has become another: it is asked to as soon as it is there, in the width that it has been drawn at. */
  fit(): void
  remove(): void
}

const HEIGHT_PX = 200
const FONT = '12px system-ui, sans-serif'
const LABEL_PX = 56
const STEPS = { count: COUNT_STEPS, time: TIME_STEPS, share: SHARE_STEPS }

/** Draws into `element`, which may be of any width, until it is removed. */
export function createPlot(element: HTMLElement, { data, formatValue, onPoint }: PlotOptions): Plot {
  let colours: ChartColours = readColours(element)
  const places = data.labels.length
  const stacked = stackSeries(data.series.map(({ values }) => values))
  // The tallest first: what is drawn later covers all but its own part of it.
  const drawn = data.series
    .map(({ name, values }, index) => ({
      name,
      heights: data.shape === 'bars' ? stackHeights(values, stacked[index]) : [...values],
    }))
    .toReversed()

  const plot = new uPlot(
    {
      width: widthOf(element),
      height: HEIGHT_PX,
      // The last name on the axis of a line is in the middle of its end.
      padding: [8, data.shape === 'steps' ? 20 : 8, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
      scales: {
        x: { time: false, range: data.shape === 'bars' ? [-0.5, places - 0.5] : [0, Math.max(places - 1, 1)] },
        y: {
          range: (_, _min, max) => [
            0,
            data.unit === 'share' ? 1 : Math.max(max, data.unit === 'count' ? 1 : 1000) * 1.05,
          ],
        },
      },
      axes: [
        {
          font: FONT,
          stroke: () => colours.quiet,
          grid: { show: false },
          ticks: { show: false },
          size: data.labels.some((label) => label.includes('\n')) ? 44 : 28,
          splits: (self) => choosePlaces(places, self.width, LABEL_PX),
          values: (_, shown) => shown.map((place) => data.labels[place] ?? ''),
        },
        {
          font: FONT,
          stroke: () => colours.quiet,
          grid: { stroke: () => colours.line, width: 1 },
          ticks: { show: false },
          size: 60,
          incrs: STEPS[data.unit],
          values: (_, shown) => shown.map(formatValue),
        },
      ],
      series: [{}, ...drawn.map(({ name }) => buildSeries(name, data.shape, () => colours))],
      hooks: {
        setCursor: [
          ({ cursor }) =>
            onPoint(cursor.left !== undefined && cursor.left >= 0 ? (cursor.idx ?? undefined) : undefined),
        ],
        draw: [(self) => data.mark && drawMark(self, data.mark, colours)],
      },
    },
    [data.labels.map((_, place) => place), ...drawn.map(({ heights }) => heights)],
    element,
  )

  function redraw(): void {
    colours = readColours(element)
    plot.setSize({ width: widthOf(element), height: HEIGHT_PX })
    plot.redraw(true, true)
  }

  return {
    redraw,
    fit: () => {
      if (widthOf(element) !== plot.width) redraw()
    },
    remove: () => plot.destroy(),
  }
}

/** In a page that is not shown yet there is none. */
const widthOf = (element: HTMLElement) => Math.max(element.clientWidth, 1)

/** Zero values are not drawn: their outline would cut the axis. */
function stackHeights(values: readonly number[], heights: readonly number[] = []): (number | null)[] {
  return heights.map((height, index) => (values[index] === 0 ? null : height))
}

function buildSeries(name: string, shape: PlotData['shape'], colours: () => ChartColours): uPlot.Series {
  const colour = () => colours().of(name)
  const points = { show: false }
  if (shape === 'steps') return { stroke: colour, width: 2, points, ...withPaths(uPlot.paths.stepped?.({ align: 1 })) }
  // A thin line between stacked parts, for people who cannot tell the colours apart.
  const stroke = () => colours().ground
  return { fill: colour, stroke, width: 1, points, ...withPaths(uPlot.paths.bars?.({ size: [0.8, 40] })) }
}

function withPaths(paths: uPlot.Series.PathBuilder | undefined): Pick<uPlot.Series, 'paths'> {
  return paths === undefined ? {} : { paths }
}

function drawMark(self: uPlot, { place, label }: { place: number; label: string }, colours: ChartColours): void {
  const { ctx, bbox } = self
  const x = Math.round(self.valToPos(place, 'x', true))
  ctx.save()
  ctx.strokeStyle = colours.text
  ctx.fillStyle = colours.text
  ctx.lineWidth = uPlot.pxRatio
  ctx.setLineDash([4 * uPlot.pxRatio, 4 * uPlot.pxRatio])
  ctx.beginPath()
  ctx.moveTo(x, bbox.top)
  ctx.lineTo(x, bbox.top + bbox.height)
  ctx.stroke()
  ctx.font = `${12 * uPlot.pxRatio}px system-ui, sans-serif`
  const isNearEnd = x + ctx.measureText(label).width + 12 * uPlot.pxRatio > bbox.left + bbox.width
  ctx.textAlign = isNearEnd ? 'right' : 'left'
  ctx.textBaseline = 'bottom'
  ctx.fillText(label, x + (isNearEnd ? -6 : 6) * uPlot.pxRatio, bbox.top + bbox.height - 6 * uPlot.pxRatio)
  ctx.restore()
}
