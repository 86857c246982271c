import { useEffect, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import type { Figure } from '../../shared/metrics/figure.ts'
import { formatNumber } from '../../shared/number.ts'
import { formatClock, formatExact, formatMoment } from '../lib/format.ts'
import type { CallRow } from '../lib/store/schema.ts'
import { language, nameCounterpart, nameNumber } from '../lib/words.ts'
import { State } from '../ui/State.tsx'
import type { Explanation } from './explain.ts'

export interface CallDetailsProps {
  readonly row: CallRow
  readonly explain: (telephonySessionId: string) => Promise<Explanation | undefined>
}

/** One finished call: a line with its times; opened, the events that each time comes from. */
export function CallDetails({ row, explain }: CallDetailsProps) {
  const [isOpen, setOpen] = useState(false)
  const number = row.phoneNumber === undefined ? undefined : formatNumber(row.phoneNumber)
  return (
    <details class="call" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class="who">{nameCounterpart(row.name, number)}</span>
        <span class="when">{formatMoment(row.startedMs, Date.now(), language())}</span>
        <State phase={row.phase} outcome={row.outcome} />
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
  const [explanation, setExplanation] = useState<Explanation>()
  useEffect(() => {
    let isWanted = true
    void explain(row.telephonySessionId).then((result) => isWanted && setExplanation(result))
    return () => {
      isWanted = false
    }
    // The row is another object whenever an event has changed it, and then so is its evidence.
  }, [row, explain])
  if (explanation === undefined) return null
  const { figures } = explanation
  return (
    <>
      <dl>
        <Line name="ring" figure={figures.ring} />
        <Line name="talk" figure={figures.talk} />
        <Line name="hold" figure={figures.hold} />
      </dl>
      {row.isEstimate && <p class="note">{i18n.t('popup.estimate')}</p>}
      {row.missingSequences.length > 0 && (
        <p class="note">
          {i18n.t('popup.missing', [row.missingSequences.map((sequence) => `#${sequence}`).join(', ')])}
        </p>
      )}
    </>
  )
}

function Line({ name, figure }: { readonly name: 'ring' | 'talk' | 'hold'; readonly figure: Figure }) {
  const parts = figure.stretches.map(({ from, to }) => `${from.code} #${from.sequence} → ${to.code} #${to.sequence}`)
  return (
    <div>
      <dt>{i18n.t(`figure.${name}`)}</dt>
      <dd class="exact">{formatExact(figure.ms, language())}</dd>
      <dd class="quiet">{parts.length === 0 ? i18n.t('popup.noEvidence') : `= ${parts.join(' + ')}`}</dd>
    </div>
  )
}
