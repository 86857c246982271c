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

/** What the call took so far, the talk time large while talking; one line of it when the call is over. */
export function Figures({ call, isLost, receivedMs }: FiguresProps) {
  const figures = selectFigures(call, isLost)
  if (figures.length === 0) return null
  return (
    <dl class="figures" data-phase={call.phase}>
      {figures.map((figure) => (
        <div key={figure.name} data-figure={figure.name}>
          <dt>{i18n.t(`figure.${figure.name}`)}</dt>
          <dd data-large={call.phase === 'talking' && figure.name === 'talk' ? '' : undefined}>
            {call.isEstimate && figure.ms !== undefined && <Estimate />}
            <Duration figure={figure} receivedMs={receivedMs} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Estimate() {
  return (
    <abbr class="estimate" title={i18n.t('estimate.title')}>
      ≈
    </abbr>
  )
}

function Duration({ figure, receivedMs }: { readonly figure: ShownFigure; readonly receivedMs: number }) {
  const { name, ms, isRunning } = figure
  if (ms === undefined) return <>–</>
  if (!isRunning) return <>{formatClock(ms)}</>
  return (
    <span class={name === 'talk' ? 'time' : undefined}>
      <Clock ms={ms} atMs={receivedMs} />
    </span>
  )
}
