import type { CardPlace } from '../lib/settings/card-place.ts'
import { type DragListeners, listenToDrags } from './drag.ts'
import type { CardHost } from './host.ts'
import { type Box, clampPlace, isSame, type Size, stepAside, USUAL_PLACE } from './place.ts'

/**
 * Where the cards stand on this page: where the person put them, inside the window whatever its size, and out of the way of the
 * element in which the person types.
 */
export interface Placing {
  /** The person's place on this site, as the worker knows it; `undefined`: the usual one. */
  put(place: CardPlace | undefined): void
  /** Moves by so many CSS px, to the right and down. */
  moveBy(byX: number, byY: number): void
  /** Back to the usual place. */
  reset(): void
  /** Starts watching the page while cards are on it; called again when the page has removed all listeners. */
  watch(): void
  /** Stops watching the page. */
  rest(): void
}

/** Room for the shadow around the cards, inside the host: card.css. */
const MARGIN_PX = 16

/** `onMove`: the person has put them there; `undefined`: back to the usual place. */
export function createPlacing({ element, root }: CardHost, onMove: (place: CardPlace | undefined) => void): Placing {
  const sheet = new CSSStyleSheet()
  root.adoptedStyleSheets.push(sheet)
  let confirmed: CardPlace | undefined
  /** The place the person chose, until the worker confirms it; an older snapshot may still arrive. */
  let moved: { readonly place: CardPlace | undefined } | undefined
  let shown: CardPlace | undefined
  let draggedFrom: CardPlace | undefined
  let watch: AbortController | undefined
  const sizes = new ResizeObserver(stand)

  /** Of the cards, and of the window without its scroll bars. */
  function measure(): { readonly card: Size; readonly window: Size } {
    const { right, bottom, width, height } = element.getBoundingClientRect()
    const from = shown ?? USUAL_PLACE
    return {
      card: { width: width - 2 * MARGIN_PX, height: height - 2 * MARGIN_PX },
      window: { width: right - MARGIN_PX + from.right, height: bottom - MARGIN_PX + from.bottom },
    }
  }

  function stand(): void {
    if (!element.isConnected) return
    if (shown === undefined) write(USUAL_PLACE)
    const { card, window } = measure()
    const inside = clampPlace((moved ? moved.place : confirmed) ?? USUAL_PLACE, card, window)
    const inTheWay = draggedFrom === undefined ? findFocus(element) : undefined
    write(inTheWay === undefined ? inside : stepAside(inside, card, window, inTheWay))
  }

  function write(place: CardPlace): void {
    if (isSame(place, shown)) return
    shown = place
    const [right, bottom] = [place.right - MARGIN_PX, place.bottom - MARGIN_PX]
    sheet.replaceSync(`:host { right: ${right}px !important; bottom: ${bottom}px !important; }`)
  }

  function moveFrom(from: CardPlace, byX: number, byY: number): void {
    const { card, window } = measure()
    const wanted = { right: Math.round(from.right - byX), bottom: Math.round(from.bottom - byY) }
    moved = { place: clampPlace(wanted, card, window) }
    stand()
  }

  const drags: DragListeners = {
    onDrag: (byX, byY) => {
      draggedFrom ??= shown ?? USUAL_PLACE
      moveFrom(draggedFrom, byX, byY)
    },
    onDrop: () => {
      draggedFrom = undefined
      onMove(moved?.place)
      stand()
    },
  }

  return {
    put: (place) => {
      confirmed = place
      if (draggedFrom === undefined && moved !== undefined && isSame(moved.place, place)) moved = undefined
      stand()
    },
    moveBy: (byX, byY) => {
      moveFrom(shown ?? USUAL_PLACE, byX, byY)
      onMove(moved?.place)
    },
    reset: () => {
      moved = { place: undefined }
      onMove(undefined)
      stand()
    },
    watch: () => {
      watch?.abort()
      watch = new AbortController()
      const options = { capture: true, passive: true, signal: watch.signal }
      listenToDrags(root, drags, watch.signal)
      addEventListener('resize', stand, options)
      for (const type of ['focusin', 'focusout', 'scrollend']) addEventListener(type, stand, options)
      sizes.observe(element)
    },
    rest: () => {
      watch?.abort()
      sizes.disconnect()
    },
  }
}

/** Where the element of the page is that has the keys; `undefined` when none has, or the card. */
function findFocus(card: Element): Box | undefined {
  let focused = document.activeElement
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement
  if (focused === null || focused === card || focused === document.body || focused === document.documentElement) return
  return focused.getBoundingClientRect()
}
