export interface DragListeners {
  /** How far the pointer is from where it was pressed, CSS px. */
  readonly onDrag: (byX: number, byY: number) => void
  /** Called when it was released after a drag. */
  readonly onDrop: () => void
}

/** The pointer moves a little during a click, too. */
const STILL_PX = 4

/**
 * Turns a pointer press on a grip in this root into a drag. A press that does not move stays a click, also on a button
 * in the grip; one that moves clicks nothing. Ends with the signal.
 */
export function listenToDrags(root: ShadowRoot, { onDrag, onDrop }: DragListeners, signal: AbortSignal): void {
  const press = (event: Event) => {
    const down = event as PointerEvent
    const { target, isTrusted, isPrimary, button, pointerId } = down
    if (!isTrusted || !isPrimary || button !== 0 || !(target instanceof Element)) return
    const holder = target.closest('[data-grip]')?.closest('.cards')
    if (!holder) return
    const pressed = new AbortController()
    const options = { capture: true, signal: pressed.signal }
    let isDragging = false

    // On `window`: a fast pointer is outside the card before the first move event.
    addEventListener(
      'pointermove',
      (move) => {
        if (!move.isTrusted || move.pointerId !== pointerId) return
        const [byX, byY] = [move.clientX - down.clientX, move.clientY - down.clientY]
        if (!isDragging && Math.hypot(byX, byY) < STILL_PX) return
        // Also above the frames of the page, which would keep the moves to themselves. Not before: a click would miss its button.
        if (!isDragging) holder.setPointerCapture(pointerId)
        isDragging = true
        onDrag(byX, byY)
      },
      options,
    )
    const end = (up: PointerEvent) => {
      if (!up.isTrusted || up.pointerId !== pointerId) return
      pressed.abort()
      if (!isDragging) return
      dropClick(root)
      onDrop()
    }
    addEventListener('pointerup', end, options)
    addEventListener('pointercancel', end, options)
  }
  root.addEventListener('pointerdown', press, { signal })
}

/** Suppresses the click that the browser fires after a drag. It comes at once, or not at all. */
function dropClick(root: ShadowRoot): void {
  const moment = new AbortController()
  root.addEventListener('click', (click) => click.stopPropagation(), { capture: true, signal: moment.signal })
  setTimeout(() => moment.abort())
}
