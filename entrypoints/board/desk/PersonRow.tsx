import type { ReadonlySignal } from '@preact/signals'
import { i18n } from '#i18n'
import { formatClock } from '../../lib/wording/format.ts'
import type { ExtensionRow } from '../feed/contract.ts'
import type { BoardModel } from '../model/board-model.ts'
import { nameRowQueue, nameWith } from '../model/words.ts'
import type { PersonFigure } from '../pane/pane-model.ts'
import { Flag, selectNotices } from '../parts/RuleLines.tsx'
import { Standing } from '../parts/Standing.tsx'

export interface PersonRowProps {
  readonly model: BoardModel
  readonly row: ReadonlySignal<ExtensionRow | undefined>
  /** From 0, without the head. */
  readonly index: number
  readonly offsetPx: number
  /** Whether Tab comes here. */
  readonly isActive: boolean
  readonly isOpened: boolean
  readonly onActive: (extensionId: string) => void
  readonly onOpen: (extensionId: string, figure: PersonFigure) => void
}

/** The row of one extension. Drawn again only when its data or its place in the list changes. */
export function PersonRow({ model, row, index, offsetPx, isActive, isOpened, ...on }: PersonRowProps) {
  const person = row.value
  if (person === undefined) return null
  const { extensionId, today, handSinceMs } = person
  const names = model.names.value
  const open = (figure: PersonFigure) => (event: Event) => {
    event.stopPropagation()
    on.onOpen(extensionId, figure)
  }
  const others = person.calls.length - 1
  const isWhole = model.isSeenWhole.value(extensionId)
  return (
    <tr
      class="people-row"
      data-extension={extensionId}
      data-hand={handSinceMs !== undefined}
      aria-rowindex={index + 2}
      aria-selected={isOpened}
      tabIndex={isActive ? 0 : -1}
      style={{ insetBlockStart: `${offsetPx}px` }}
      onFocus={() => on.onActive(extensionId)}
      onClick={open('calls')}
    >
      <td data-column="who">
        <bdi>{names.person(extensionId)}</bdi>
        {handSinceMs !== undefined && <span class="hand">{i18n.t('board.hand')}</span>}
      </td>
      <td data-column="state">
        <Standing row={person} nowMs={model.feed.nowMs} settings={model.settings} />
      </td>
      <td data-column="with">
        <bdi>{nameWith(person, names)}</bdi>
        <Flag notices={selectNotices(model.feed.notices.value, listSessions(person))} />
        {others > 0 && <span class="quiet more">{i18n.t('board.moreCalls', others)}</span>}
      </td>
      <td data-column="queue">
        <bdi>{nameRowQueue(person, names)}</bdi>
      </td>
      {FIGURES.map((figure) => (
        <td key={figure} data-column={figure}>
          {isWhole ? (
            <button type="button" class="cell" tabIndex={-1} onClick={open(figure)}>
              {nameFigure(figure, today)}
            </button>
          ) : (
            <span class="quiet">–</span>
          )}
        </td>
      ))}
    </tr>
  )
}

function listSessions({ calls }: ExtensionRow): readonly string[] {
  return calls.flatMap(({ telephonySessionId, currentSessionId }) => [telephonySessionId, currentSessionId])
}

const FIGURES = ['calls', 'missed', 'talk', 'hold'] as const

function nameFigure(figure: (typeof FIGURES)[number], today: ExtensionRow['today']): string {
  if (figure === 'talk' || figure === 'hold') return formatClock(today[`${figure}Ms`])
  return String(today[figure])
}
