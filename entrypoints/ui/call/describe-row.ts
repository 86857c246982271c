import { i18n } from '#i18n'
import type { NamedCall } from '../../lib/caller/caller-name.ts'
import type { CallNote } from '../../lib/notes/note.ts'
import { composeCallBlock } from '../../lib/wording/call-block.ts'
import { formatClock } from '../../lib/wording/format.ts'
import { dateFormat } from '../../lib/wording/formatters.ts'
import { language, nameCounterpart, nameNumber, nameState } from '../../lib/wording/labels.ts'
import { nameShown, showNumber } from '../../lib/wording/masking.ts'

/** A finished call as lines for the CRM, in the reader's language, as the card has them. */
export function describeRow(row: NamedCall, note: CallNote): string {
  const number = showNumber(row.phoneNumber)
  const name = nameShown(row.name, row.phoneNumber)
  return composeCallBlock({
    who: nameCounterpart(name, number),
    lines: [
      { label: i18n.t('block.number'), value: name === undefined ? undefined : nameNumber(number) },
      { label: i18n.t('block.when'), value: formatWhen(row.startedMs) },
      { label: i18n.t('block.call'), value: nameCall(row) },
      ...(['ring', 'talk', 'hold'] as const).map((figure) => ({
        label: i18n.t(`figure.${figure}`),
        value: formatTime(row[`${figure}Ms`], row.isEstimate),
      })),
      { label: i18n.t('block.tags'), value: note.tags.join(', ') },
    ],
    note: { label: i18n.t('block.note'), value: note.text },
  })
}

function formatWhen(startedMs: number): string {
  return dateFormat(language(), { dateStyle: 'medium', timeStyle: 'short' }).format(startedMs)
}

function nameCall(row: NamedCall): string {
  const cameOut = row.outcome === 'answered' ? i18n.t('block.answered') : nameState(row)
  return [i18n.t(`direction.${row.direction}`), row.queueName, cameOut].filter(Boolean).join(', ')
}

function formatTime(ms: number, isEstimate: boolean): string | undefined {
  return ms === 0 ? undefined : `${isEstimate ? '≈ ' : ''}${formatClock(ms)}`
}
