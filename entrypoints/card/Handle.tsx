import { i18n } from '#i18n'
import { useKeys } from './use-keys.ts'

export interface HandleProps {
  /** Moves the cards by so many CSS px, to the right and down. */
  readonly onMove: (byX: number, byY: number) => void
  /** Puts them back to their usual place. */
  readonly onReset: () => void
}

/** A step that is seen, and with the shift key one that gets across the window. Both on the grid. */
const STEP_PX = 16
const STRIDE_PX = 96

const DIRECTIONS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** Moves the cards by the arrow keys; Home puts them back. The pointer drags it as it drags the top line. */
export function Handle({ onMove, onReset }: HandleProps) {
  const handle = useKeys<HTMLButtonElement>((event) => {
    const direction = DIRECTIONS[event.key]
    if (direction === undefined && event.key !== 'Home') return
    event.preventDefault()
    if (direction === undefined) return onReset()
    const [x, y] = direction
    const stepPx = event.shiftKey ? STRIDE_PX : STEP_PX
    onMove(x * stepPx, y * stepPx)
  })
  return (
    <button
      ref={handle}
      type="button"
      class="handle"
      data-grip
      title={i18n.t('card.move')}
      aria-label={i18n.t('card.move')}
    />
  )
}
