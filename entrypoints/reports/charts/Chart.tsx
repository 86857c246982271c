import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { DoorButton } from '../DoorButton.tsx'
import type { Door, Doors } from '../doors.ts'
import { Scroll } from '../Scroll.tsx'
import type { SeriesName } from './colours.ts'
import { keepDrawn } from './keep-drawn.ts'
import type { PlotData } from './plot.ts'

export interface ChartProps {
  /** Which chart it is, whatever it is called. */
  readonly name: string
  readonly title: string
  readonly shape: PlotData['shape']
  readonly unit: PlotData['unit']
  /** What the places along the axis are, as the head of their column. */
  readonly placesName: string
  /** On the axis as short as may be, in the table in full. */
  readonly places: readonly { readonly short: string; readonly full: string }[]
  /** The drawn series, also the columns of the table. */
  readonly series: readonly ChartSeries[]
  readonly mark?: NonNullable<PlotData['mark']>
  format(value: number): string
  /** Rows of the table, where they differ from the places. */
  readonly rows?: readonly ChartRow[]
  readonly doors: Doors
  /** To the calls behind a place, or to those of one series there; `undefined`: there are none. */
  doorOf(place: number, series?: SeriesName): Door | undefined
}

export interface ChartSeries {
  readonly name: SeriesName
  readonly label: string
  readonly values: readonly number[]
}

export interface ChartRow {
  readonly head: string
  readonly door: Door | undefined
  readonly cells: readonly ChartCell[]
}

interface ChartCell {
  readonly text: string
  readonly door: Door | undefined
}

/** A chart, and beneath it the same figures as a table for people who can't see it or want exact values. */
export function Chart(props: ChartProps) {
  const { name, title, series } = props
  const [place, setPlace] = useState<number>()
  return (
    <figure class="chart" data-name={name}>
      <figcaption>
        <h3>{title}</h3>
        {series.length > 1 && <Legend series={series} />}
      </figcaption>
      <Drawing
        {...props}
        onPoint={setPlace}
        onPress={() => {
          const door = place === undefined ? undefined : props.doorOf(place)
          if (door) props.doors.open(door)
        }}
      />
      <Readout {...props} place={place} />
      <Table {...props} />
    </figure>
  )
}

function Legend({ series }: { readonly series: readonly ChartSeries[] }) {
  return (
    <ul class="series">
      {series.map(({ name, label }) => (
        <li key={name} data-name={name}>
          {label}
        </li>
      ))}
    </ul>
  )
}

interface DrawingProps extends ChartProps {
  readonly onPoint: (place: number | undefined) => void
  readonly onPress: () => void
}

function Drawing(props: DrawingProps) {
  const { title, shape, unit, places, series, mark, format, onPoint, onPress } = props
  const element = useRef<HTMLDivElement>(null)
  // Compared by content: every event makes new objects, most of them equal to those before.
  const content = JSON.stringify([shape, unit, places, series, mark])
  useLayoutEffect(() => {
    if (element.current === null) return
    const data = { shape, unit, labels: places.map(({ short }) => short), series, ...(mark && { mark }) }
    return keepDrawn(element.current, { data, formatValue: format, onPoint })
  }, [content])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the table below opens the same calls, by keys too.
    <div
      ref={element}
      class="plot"
      role="img"
      aria-label={i18n.t('reports.chart.drawing', [title])}
      onClick={onPress}
    />
  )
}

/** The values under the pointer; the table has them for everybody else. */
function Readout({ places, series, format, place }: ChartProps & { readonly place: number | undefined }) {
  const at = place === undefined ? undefined : places[place]
  const values = series
    .map(({ label, values: all }) => ({ label, value: all[place ?? 0] ?? 0 }))
    .filter(({ value }) => value > 0 || series.length === 1)
    .map(({ label, value }) => `${label} ${format(value)}`)
  return (
    <p class="readout quiet" aria-hidden="true">
      {at && [at.full, ...values].join(' · ')}
    </p>
  )
}

/** Made when it is opened: the tables have many more parts than all the rest of the page. */
function Table(props: ChartProps) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>{i18n.t('reports.chart.asTable')}</summary>
      {isOpen && <Cells {...props} />}
    </details>
  )
}

function Cells({ title, placesName, places, series, format, rows, doors, doorOf }: ChartProps) {
  const shown = rows ?? listRows({ places, series, format, doorOf })
  return (
    <Scroll label={title}>
      <table>
        <caption class="unseen">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{placesName}</th>
            {series.map(({ name, label }) => (
              <th key={name} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ head, door, cells }) => (
            <tr key={head}>
              <th scope="row">
                <DoorButton doors={doors} to={door} looks="link">
                  {head}
                </DoorButton>
              </th>
              {cells.map(({ text, door: behind }, index) => (
                <td key={index}>
                  <DoorButton doors={doors} to={behind} label={`${text} ${series[index]?.label ?? ''}, ${head}`}>
                    {text}
                  </DoorButton>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function listRows({ places, series, format, doorOf }: Pick<ChartProps, 'places' | 'series' | 'format' | 'doorOf'>) {
  return places.map(({ full }, place): ChartRow => {
    const cells = series.map(({ name, values }): ChartCell => {
      const value = values[place] ?? 0
      return { text: format(value), door: value === 0 ? undefined : doorOf(place, name) }
    })
    return { head: full, door: doorOf(place), cells }
  })
}
