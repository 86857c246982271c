import { i18n } from '#i18n'
import type { Phase } from '../../shared/call/view.ts'
import type { CardCall } from '../lib/contract/card-call.ts'
import { type BlockLine, composeCallBlock } from '../lib/wording/call-block.ts'
import { formatClock } from '../lib/wording/format.ts'
import { language, nameNumber, nameState } from '../lib/wording/labels.ts'
import { nameOther } from './who.ts'

/**
 * A call as lines for the CRM, in the reader's language. `sinceMs`: how long ago the snapshot came; `undefined` when the stream is
 * down, and nobody knows how long what was going on has lasted by now.
 */
export function describeCall(call: CardCall, sinceMs: number | undefined): string {
  const { number, startedMs, note } = call
  const hasName = call.name !== undefined
  return composeCallBlock({
    who: [nameOther(call), call.known?.contact?.company].filter(Boolean).join(', '),
    lines: [
      { label: i18n.t('block.number'), value: hasName ? nameNumber(number) : undefined },
      { label: i18n.t('block.when'), value: formatWhen(startedMs) },
      { label: i18n.t('block.call'), value: nameCall(call) },
      ...listFigures(call, sinceMs),
      { label: i18n.t('block.tags'), value: note.tags.join(', ') },
    ],
    note: { label: i18n.t('block.note'), value: note.text },
  })
}

function formatWhen(startedMs: number): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short' }).format(startedMs)
}

function nameCall(call: CardCall): string {
  const { direction, queueName, phase, outcome } = call
  const cameOut = phase === 'ended' && outcome === 'answered' ? i18n.t('block.answered') : nameState(call)
  return [i18n.t(`direction.${direction}`), queueName, cameOut].filter(Boolean).join(', ')
}

function listFigures(call: CardCall, sinceMs: number | undefined): readonly BlockLine[] {
  const { phase, phaseMs, isEstimate } = call
  const figure = (name: 'ring' | 'talk' | 'hold', finishedMs: number, runsIn: Phase): BlockLine => {
    const label = i18n.t(`figure.${name}`)
    const runningMs = phase !== runsIn ? 0 : sinceMs === undefined ? undefined : phaseMs + sinceMs
    if (runningMs === undefined || finishedMs + runningMs === 0) return { label, value: undefined }
    return { label, value: `${isEstimate ? '≈ ' : ''}${formatClock(finishedMs + runningMs)}` }
  }
  return [
    figure('ring', call.ringMs, 'ringing'),
    figure('talk', call.talkMs, 'talking'),
    figure('hold', call.holdMs, 'onHold'),
  ]
}
