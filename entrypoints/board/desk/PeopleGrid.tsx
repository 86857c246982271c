import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { useVirtualRows } from '../../ui/use-virtual-rows.ts'
import { COLUMNS, type Column } from '../model/columns.ts'
import type { BoardPage } from '../page.ts'
import type { PersonFigure } from '../pane/pane-model.ts'
import { PersonRow } from './PersonRow.tsx'

/** As people.css has them. */
const ROW_PX = 40
const NARROW_ROW_PX = 64
const HEAD_PX = 40

export interface PeopleGridProps {
  readonly page: BoardPage
  /** Whether rows take two lines; another grid where that changes. */
  readonly isNarrow: boolean
}

/** Everybody as a table of which only what can be seen is drawn. Up and down moves, Enter opens. */
export function PeopleGrid({ page: { model, pane }, isNarrow }: PeopleGridProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const [activeId, setActiveId] = useState<string>()
  const wantsFocus = useRef(false)
  const rowPx = isNarrow ? NARROW_ROW_PX : ROW_PX
  const ids = model.people.ids.value
  const activeIndex = Math.max(0, activeId === undefined ? 0 : ids.indexOf(activeId))
  const rows = useVirtualRows({ scroller, count: ids.length, rowPx, headPx: HEAD_PX, keptIndex: activeIndex })
  const opened = pane.view.value
  const openedId = opened?.kind === 'person' ? opened.extensionId : undefined

  useLayoutEffect(() => {
    if (!wantsFocus.current) return
    wantsFocus.current = false
    scroller.current?.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus()
  })

  const [open] = useState(() => (extensionId: string, figure: PersonFigure) => {
    setActiveId(extensionId)
    pane.open({ kind: 'person', extensionId, figure })
  })

  function handleKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD_PX) / rowPx) - 1)
    const id = ids[activeIndex]
    const to = moveTo(event.key, { index: activeIndex, count: ids.length, page })
    if (event.key === 'Enter' && id !== undefined) open(id, 'calls')
    else if (to !== undefined) {
      wantsFocus.current = true
      setActiveId(ids[to])
      rows.scrollToIndex(to)
    } else return
    event.preventDefault()
  }

  return (
    <div class="people-scroller" ref={scroller}>
      <table
        class="people-grid"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows that are moved through by keys and opened make a table a grid.
        role="grid"
        aria-label={i18n.t('board.people')}
        aria-rowcount={ids.length + 1}
        aria-colcount={COLUMNS.length}
        aria-readonly
      >
        <Head page={{ model }} />
        <tbody
          class="people-body"
          style={{ blockSize: `${ids.length * rowPx}px` }}
          onKeyDown={(event) => {
            if (event.target instanceof HTMLTableRowElement) handleKey(event)
          }}
        >
          {rows.getVirtualItems().map(({ index, start }) => {
            const id = ids[index]
            if (id === undefined) return null
            return (
              <PersonRow
                key={id}
                model={model}
                row={model.feed.extension(id)}
                index={index}
                offsetPx={start - HEAD_PX}
                isActive={index === activeIndex}
                isOpened={id === openedId}
                onActive={setActiveId}
                onOpen={open}
              />
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

interface Place {
  readonly index: number
  readonly count: number
  /** How many rows can be seen. */
  readonly page: number
}

/** Where a key goes; `undefined`: it is somebody else's, or there is nothing. */
export function moveTo(key: string, { index, count, page }: Place): number | undefined {
  const places: Readonly<Record<string, number>> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + page,
    PageUp: index - page,
    Home: 0,
    End: count - 1,
  }
  const to = Object.hasOwn(places, key) ? places[key] : undefined
  return to === undefined || count === 0 ? undefined : Math.min(Math.max(to, 0), count - 1)
}

function Head({ page: { model } }: { readonly page: Pick<BoardPage, 'model'> }) {
  const { by, isDescending } = model.shown.value.sort
  return (
    <thead class="people-head">
      <tr class="people-row" aria-rowindex={1}>
        {COLUMNS.map((column) => (
          <th
            key={column}
            scope="col"
            data-column={column}
            aria-sort={column !== by ? 'none' : isDescending ? 'descending' : 'ascending'}
          >
            <button type="button" class="sort" onClick={() => model.sortBy(column)}>
              {nameColumn(column)}
            </button>
          </th>
        ))}
      </tr>
    </thead>
  )
}

function nameColumn(column: Column): string {
  return column === 'talk' || column === 'hold' ? i18n.t(`figure.${column}`) : i18n.t(`board.column.${column}`)
}
