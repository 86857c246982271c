import { i18n } from '#i18n'
import type { AgentFigures } from '../../../shared/metrics/agent.ts'
import { formatClock } from '../../lib/wording/format.ts'
import { listSegments } from './segments.ts'

/** A call's ring, talk and hold in the order in which they came, each as wide as it was long. Needs call.css. */
export function TimelineBar({ figures }: { readonly figures: AgentFigures }) {
  const segments = listSegments(figures)
  if (segments.length === 0) return null
  const words = segments.map(({ name, ms }) => `${i18n.t(`figure.${name}`)} ${formatClock(ms)}`)
  return (
    <div class="timeline">
      <div class="bar" role="img" aria-label={words.join(', ')}>
        {segments.map(({ name, ms, fromMs }, index) => (
          <span key={fromMs} class="segment" data-name={name} style={{ flexGrow: ms }} title={words[index]} />
        ))}
      </div>
      <ul class="legend" aria-hidden="true">
        {segments.map(({ name, fromMs }, index) => (
          <li key={fromMs} data-name={name}>
            {words[index]}
          </li>
        ))}
      </ul>
    </div>
  )
}
