import { i18n } from '#i18n'
import { unreachable } from '../../../shared/assert.ts'
import type { Mark } from '../../../shared/call/state.ts'
import type { Estimate, Figure } from '../../../shared/metrics/figure.ts'
import { formatExact, formatTime } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'

export interface EvidenceLine {
  /** What the figure is called, in the reader's language. */
  readonly label: string
  readonly figure: Figure
  /** An explanation, shown as a tooltip. */
  readonly meaning?: string
}

interface LinesProps {
  readonly lines: readonly EvidenceLine[]
}

/** Figures to the millisecond, each with the events it comes from. Needs call.css. */
export function Evidence({ lines }: LinesProps) {
  return (
    <dl class="evidence-lines">
      {lines.map((line) => (
        <Line key={line.label} {...line} />
      ))}
    </dl>
  )
}

/** Why figures may be off. */
export function Estimates({ lines }: LinesProps) {
  const reasons = new Set(lines.flatMap(({ figure }) => figure.estimates.map(nameEstimate)))
  return (
    <>
      {[...reasons].map((sentence) => (
        <p class="estimate" key={sentence}>
          {sentence}
        </p>
      ))}
    </>
  )
}

function Line({ label, figure, meaning }: EvidenceLine) {
  const parts = figure.stretches.map(({ from, to }) => `${nameMark(from)} → ${nameMark(to)}`)
  const isEstimate = figure.estimates.length > 0
  return (
    <div>
      <dt title={meaning}>{label}</dt>
      <dd class="exact" title={isEstimate ? i18n.t('estimate.title') : undefined}>
        {isEstimate && '≈ '}
        {formatExact(figure.ms, language())}
      </dd>
      <dd class="quiet">{parts.length === 0 ? i18n.t('popup.noEvidence') : `= ${parts.join(' + ')}`}</dd>
    </div>
  )
}

/** The event that a time begins or ends with, or the moment at which RingCentral was asked instead. */
function nameMark({ code, sequence, timeMs }: Mark): string {
  if (sequence !== undefined) return `${code} #${sequence}`
  const time = formatTime(timeMs, language())
  return code === '404' ? i18n.t('estimate.unknownAt', [time]) : i18n.t('estimate.askedAt', [code, time])
}

/** Why a figure may be off, as a sentence. */
function nameEstimate(estimate: Estimate): string {
  switch (estimate.because) {
    case 'ownLegOnly':
      return i18n.t('estimate.ownLegOnly')
    case 'outOfSight':
      return i18n.t('estimate.outOfSight')
    case 'repaired':
      return i18n.t('estimate.repaired', [formatTime(estimate.asOfMs, language())])
    case 'missing':
      return i18n.t('estimate.missing', [estimate.sequences.map((sequence) => `#${sequence}`).join(', ')])
    default:
      return unreachable(estimate)
  }
}
