import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { FIGURE_NAMES } from '../../../shared/metrics/figures.ts'
import { useVirtualRows } from '../../ui/use-virtual-rows.ts'
import { COLUMNS, type Column, isFigure, type Sort } from './columns.ts'
import { GridRow } from './GridRow.tsx'
import type { Line } from './lines.ts'
import type { ListModel } from './list-model.ts'
import { moveInGrid } from './move-in-grid.ts'

/** As list.css has them. */
const ROW_PX = 48
const HEAD_PX = 56

export interface CallsGridProps {
  readonly model: ListModel
  readonly lines: readonly Line[]
}

/**
 * The calls as a table of which only what can be seen is drawn. It is moved through by keys as trees are: up and down, right
 * unfolds, left folds, Enter opens.
 */
export function CallsGrid({ model, lines }: CallsGridProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const [activeId, setActiveId] = useState<string>()
  const wantsFocus = useRef(false)
  const known = lines.findIndex(({ row }) => row.telephonySessionId === activeId)
  const activeIndex = Math.max(known, 0)
  const rows = useVirtualRows({
    scroller,
    count: lines.length,
    rowPx: ROW_PX,
    headPx: HEAD_PX,
    keptIndex: activeIndex,
  })
  const opened = model.opened.value

  const focusActive = () => scroller.current?.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus()
  useLayoutEffect(() => {
    if (!wantsFocus.current) return
    wantsFocus.current = false
    focusActive()
  })
  const openedId = opened?.telephonySessionId
  useEffect(() => {
    // The pane had the focus and has gone: the row gets it back, unless something else has it.
    if (openedId === undefined && activeId !== undefined && document.activeElement === document.body) focusActive()
  }, [openedId])

  function moveTo(index: number): void {
    const line = lines[index]
    if (line === undefined || index === activeIndex) return
    wantsFocus.current = true
    setActiveId(line.row.telephonySessionId)
    rows.scrollToIndex(index)
  }

  function handleKey(event: KeyboardEvent): void {
    // With these held, arrows are the browser's: Alt and left is the page before.
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const line = lines[activeIndex]
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD_PX) / ROW_PX) - 1)
    const isRtl = scroller.current !== null && getComputedStyle(scroller.current).direction === 'rtl'
    if (event.key === 'c' && model.canCallBack && line?.row.phoneNumber !== undefined) {
      event.preventDefault()
      model.callBack(line.row.telephonySessionId)
      return
    }
    const move = line && moveInGrid(event.key, { lines, index: activeIndex, page, isRtl })
    if (move === undefined || line === undefined) return
    event.preventDefault()
    if (move.kind === 'go') moveTo(move.index)
    else if (move.kind === 'toggle') model.toggle(line.row.telephonySessionId, move.isExpanded)
    else {
      setActiveId(line.row.telephonySessionId)
      model.open(line.row.telephonySessionId)
    }
  }

  return (
    <div class="calls-scroller" ref={scroller}>
      <table
        class="calls-grid"
        style={{ '--times': FIGURE_NAMES.length }}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows that unfold and are moved through by keys make a table a tree grid.
        role="treegrid"
        aria-label={i18n.t('callList.title')}
        aria-rowcount={lines.length + 1}
        aria-colcount={COLUMNS.length}
        aria-readonly
      >
        <Head sort={model.sort.value} onSort={model.sortBy} />
        <tbody
          class="calls-body"
          style={{ blockSize: `${lines.length * ROW_PX}px` }}
          onKeyDown={(event) => {
            // A button in a row has keys of its own.
            if (event.target instanceof HTMLTableRowElement) handleKey(event)
          }}
        >
          {rows.getVirtualItems().map(({ index, start }) => {
            const line = lines[index]
            if (line === undefined) return null
            const { row } = line
            return (
              <GridRow
                key={row.telephonySessionId}
                line={line}
                index={index}
                offsetPx={start - HEAD_PX}
                returned={model.returned.value.get(row.telephonySessionId)}
                note={model.notes.value.get(row.telephonySessionId)}
                isActive={index === activeIndex}
                isOpened={row.telephonySessionId === openedId}
                onActive={() => setActiveId(row.telephonySessionId)}
                onOpen={() => model.open(row.telephonySessionId)}
                onCallBack={model.canCallBack ? () => model.callBack(row.telephonySessionId) : undefined}
                onToggle={() => model.toggle(row.telephonySessionId, !line.isExpanded)}
              />
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

interface HeadProps {
  readonly sort: Sort
  readonly onSort: (column: Column) => void
}

function Head({ sort, onSort }: HeadProps) {
  return (
    <thead class="calls-head">
      <tr class="calls-row" aria-rowindex={1}>
        {COLUMNS.map((column) => (
          <th
            key={column}
            scope="col"
            data-column={column}
            class={isFigure(column) ? 'time' : undefined}
            aria-sort={column !== sort.by ? 'none' : sort.isDescending ? 'descending' : 'ascending'}
          >
            <button type="button" class="sort" onClick={() => onSort(column)}>
              {nameColumn(column)}
            </button>
          </th>
        ))}
      </tr>
    </thead>
  )
}

function nameColumn(column: Column): string {
  return isFigure(column) ? i18n.t(`figure.${column}`) : i18n.t(`callList.column.${column}`)
}
