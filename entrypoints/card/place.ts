import type { CardPlace } from '../lib/settings/card-place.ts'

/** CSS px. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** Where something is in the window: distances from its left and upper edge, CSS px. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The lower right corner, on the grid. */
export const USUAL_PLACE: CardPlace = { right: 16, bottom: 16 }

/** Distance between the card and the element it makes way for. */
const GAP_PX = 8

/** The nearest place that is wholly inside the window; a card as large as the window fills it. */
export function clampPlace({ right, bottom }: CardPlace, card: Size, window: Size): CardPlace {
  return {
    right: clamp(right, window.width - card.width),
    bottom: clamp(bottom, window.height - card.height),
  }
}

/**
 * The nearest place inside the window at which the card does not lie over a box: above it, below it or beside it. Where there is
 * no such place, the card stays where it is.
 */
export function stepAside(place: CardPlace, card: Size, window: Size, box: Box): CardPlace {
  const left = window.width - place.right - card.width
  const top = window.height - place.bottom - card.height
  const isOver = left < box.right && left + card.width > box.left && top < box.bottom && top + card.height > box.top
  if (!isOver) return place
  const ways: readonly CardPlace[] = [
    { ...place, bottom: window.height - box.top + GAP_PX },
    { ...place, bottom: window.height - box.bottom - GAP_PX - card.height },
    { ...place, right: window.width - box.left + GAP_PX },
    { ...place, right: window.width - box.right - GAP_PX - card.width },
  ]
  const possible = ways.filter((way) => isSame(way, clampPlace(way, card, window)))
  return possible.toSorted((a, b) => distance(place, a) - distance(place, b))[0] ?? place
}

export function isSame(a: CardPlace | undefined, b: CardPlace | undefined): boolean {
  return a?.right === b?.right && a?.bottom === b?.bottom
}

function clamp(wanted: number, most: number): number {
  return Math.max(0, Math.min(wanted, most))
}

function distance(a: CardPlace, b: CardPlace): number {
  return Math.abs(a.right - b.right) + Math.abs(a.bottom - b.bottom)
}
