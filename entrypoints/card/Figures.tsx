import { i18n } from '#i18n'
import type { CardCall } from '../lib/contract/card-call.ts'
import { formatClock } from '../lib/wording/format.ts'
import { Clock } from './Clock.tsx'
import { type ShownFigure, selectFigures } from './figures.ts'

export interface FiguresProps {
  readonly call: CardCall
  readonly isLost: boolean
  /** When the snapshot came, by `performance.now()`. */
  readonly receivedMs: number
}

/** What the call took so far, or in all, on one line; the clock beside the state has the rest. */
export function Figures({ call, isLost, receivedMs }: FiguresProps) {
  const figures = selectFigures(call, isLost)
  if (figures.length === 0) return null
  return (
    <dl class="figures">
      {figures.map((figure) => (
        <div key={figure.name} data-figure={figure.name}>
          <dt>{i18n.t(`figure.${figure.name}`)}</dt>
          <dd>
            {call.isEstimate && figure.ms !== undefined && <Estimate />}
            <Duration figure={figure} receivedMs={receivedMs} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Marks a time that may be off. */
export function Estimate() {
  return (
    <abbr class="estimate" title={i18n.t('estimate.title')}>
      ≈
    </abbr>
  )
}

function Duration({
  figure: { ms, isRunning },
  receivedMs,
}: {
  readonly figure: ShownFigure
  readonly receivedMs: number
}) {
  if (ms !== undefined && isRunning) return <Clock ms={ms} atMs={receivedMs} />
  return <>{ms === undefined ? '–' : formatClock(ms)}</>
}
