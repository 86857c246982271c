import { useEffect, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import type { Mark } from '../../shared/call/state.ts'
import type { AgentFigures } from '../../shared/metrics/agent.ts'
import type { Estimate, Figure } from '../../shared/metrics/figure.ts'
import { formatNumber } from '../../shared/number/format.ts'
import { userCountry } from '../lib/country.ts'
import { formatClock, formatExact, formatMoment, formatTime } from '../lib/format.ts'
import type { CallRow } from '../lib/store/schema.ts'
import { language, nameCounterpart, nameNumber } from '../lib/words.ts'
import { State } from '../ui/State.tsx'

export interface CallDetailsProps {
  readonly row: CallRow
  readonly explain: (row: CallRow) => Promise<AgentFigures | undefined>
}

/** One finished call: a line with its times; opened, the events that each time comes from. */
export function CallDetails({ row, explain }: CallDetailsProps) {
  const [isOpen, setOpen] = useState(false)
  const number = formatNumber(row.phoneNumber, userCountry())
  return (
    <details class="call" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class="who">{nameCounterpart(row.name, number)}</span>
        <span class="when">{formatMoment(row.startedMs, Date.now(), language())}</span>
        <State call={row} />
        <span class="times">
          <Time name="ring" ms={row.ringMs} />
          <Time name="talk" ms={row.talkMs} />
          <Time name="hold" ms={row.holdMs} />
        </span>
      </summary>
      {isOpen && (
        <div class="evidence">
          <p class="quiet">
            {[i18n.t(`direction.${row.direction}`), row.queueName, nameNumber(number)].filter(Boolean).join(' · ')}
          </p>
          <Evidence row={row} explain={explain} />
        </div>
      )}
    </details>
  )
}

function Time({ name, ms }: { readonly name: 'ring' | 'talk' | 'hold'; readonly ms: number }) {
  return (
    <span title={i18n.t(`figure.${name}`)}>
      <span class="unseen">{i18n.t(`figure.${name}`)} </span>
      {formatClock(ms)}
    </span>
  )
}

function Evidence({ row, explain }: CallDetailsProps) {
  const [figures, setFigures] = useState<AgentFigures>()
  useEffect(() => {
    let isWanted = true
    void explain(row).then((result) => isWanted && setFigures(result))
    return () => {
      isWanted = false
    }
    // The row is another object whenever an event has changed it, and then so is its evidence.
  }, [row, explain])
  if (figures === undefined) return null
  const { ring, talk, hold } = figures
  return (
    <>
      <dl>
        <Line name="ring" figure={ring} />
        <Line name="talk" figure={talk} />
        <Line name="hold" figure={hold} />
      </dl>
      {[...new Set([ring, talk, hold].flatMap(({ estimates }) => estimates.map(nameEstimate)))].map((sentence) => (
        <p class="note" key={sentence}>
          {sentence}
        </p>
      ))}
    </>
  )
}

function Line({ name, figure }: { readonly name: 'ring' | 'talk' | 'hold'; readonly figure: Figure }) {
  const parts = figure.stretches.map(({ from, to }) => `${nameMark(from)} → ${nameMark(to)}`)
  const isEstimate = figure.estimates.length > 0
  return (
    <div>
      <dt>{i18n.t(`figure.${name}`)}</dt>
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
    case 'repaired':
      return i18n.t('estimate.repaired', [formatTime(estimate.asOfMs, language())])
    case 'missing':
      return i18n.t('estimate.missing', [estimate.sequences.map((sequence) => `#${sequence}`).join(', ')])
  }
}
