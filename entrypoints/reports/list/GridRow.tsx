import { i18n } from '#i18n'
import { FIGURE_NAMES, type FigureName, timeField } from '../../../shared/metrics/figures.ts'
import type { Returned } from '../../../shared/metrics/returned.ts'
import type { CallNote } from '../../lib/notes/note.ts'
import { formatClock, formatTime } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import { CallerName } from '../../ui/CallerName.tsx'
import { formatDate } from './format-when.ts'
import type { Line } from './lines.ts'
import { Outcome } from './Outcome.tsx'

export interface GridRowProps {
  readonly line: Line
  /** From 0, without the head. */
  readonly index: number
  readonly offsetPx: number
  readonly returned: Returned | undefined
  readonly note: CallNote | undefined
  /** Whether Tab comes here. */
  readonly isActive: boolean
  readonly isOpened: boolean
  readonly onActive: () => void
  readonly onOpen: () => void
  readonly onToggle: () => void
  /** Calls the other side; absent where nobody can be called. */
  readonly onCallBack?: (() => void) | undefined
}

export function GridRow({ line, index, offsetPx, returned, note, isActive, isOpened, ...on }: GridRowProps) {
  const { row, level, others, isExpanded } = line
  return (
    <tr
      class="calls-row"
      aria-rowindex={index + 2}
      aria-level={level}
      aria-expanded={others > 0 ? isExpanded : undefined}
      aria-selected={isOpened}
      tabIndex={isActive ? 0 : -1}
      style={{ insetBlockStart: `${offsetPx}px` }}
      onFocus={on.onActive}
      onClick={on.onOpen}
    >
      <td data-column="when">
        <span>{formatDate(row.startedMs)}</span>
        <span class="quiet">{formatTime(row.startedMs, language())}</span>
      </td>
      <td data-column="direction">
        <span>{i18n.t(`callList.direction.${row.direction}`)}</span>
        {others > 0 && (
          <button
            type="button"
            class="link"
            tabIndex={-1}
            onClick={(event) => {
              event.stopPropagation()
              on.onToggle()
            }}
          >
            {i18n.t('callList.parts', others)}
          </button>
        )}
      </td>
      <td data-column="who">
        <CallerName call={row} hasNumber />
        {on.onCallBack && row.phoneNumber !== undefined && (
          <button
            type="button"
            class="row-call"
            tabIndex={-1}
            onClick={(event) => {
              event.stopPropagation()
              on.onCallBack?.()
            }}
          >
            {i18n.t('action.callBackShort')}
          </button>
        )}
      </td>
      <td data-column="queue">
        <bdi>{row.queueName}</bdi>
      </td>
      <td data-column="outcome">
        <Outcome row={row} returned={returned} />
      </td>
      {FIGURE_NAMES.map((name) => (
        <Time key={name} name={name} ms={row[timeField(name)]} isEstimate={row.isEstimate} />
      ))}
      <td data-column="note" title={note?.text}>
        {note?.text && <bdi>{note.text}</bdi>}
        {note !== undefined && note.tags.length > 0 && <bdi class="quiet">{note.tags.join(', ')}</bdi>}
      </td>
    </tr>
  )
}

interface TimeProps {
  readonly name: FigureName
  /** `undefined`: it cannot be known. */
  readonly ms: number | undefined
  readonly isEstimate: boolean
}

function Time({ name, ms, isEstimate }: TimeProps) {
  return (
    <td
      data-column={name}
      class={ms ? 'time' : 'time quiet'}
      title={ms !== undefined && isEstimate ? i18n.t('estimate.title') : undefined}
    >
      {ms === undefined ? (
        <>
          <span aria-hidden="true">–</span>
          <span class="unseen">{i18n.t('callList.unknown')}</span>
        </>
      ) : (
        `${isEstimate ? '≈ ' : ''}${formatClock(ms)}`
      )}
    </td>
  )
}
