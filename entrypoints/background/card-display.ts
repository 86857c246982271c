import type { CardPlaces } from './pages/card-places.ts'
import type { Drawing, Pages } from './pages/pages.ts'
import type { Sample } from './sample/sample.ts'
import type { UserCards } from './user/cards.ts'

/** What the cards on pages show: the calls of the user who is signed in, and the sample call below them. */
export interface CardDisplay {
  /** Shows the user's cards as they are now. `nobody`: nobody is signed in. `undefined`: it is not known yet what there is to show. */
  show(cards: UserCards | 'nobody' | undefined): void
  /** Draws the same again: something about it has changed that is not the user's. */
  redraw(): void
}

export interface CardDisplayOptions {
  readonly pages: Pick<Pages, 'draw'>
  readonly places: Pick<CardPlaces, 'of'>
  readonly sample: Pick<Sample, 'cards' | 'isPlaying'>
}

export function createCardDisplay({ pages, places, sample }: CardDisplayOptions): CardDisplay {
  let shown: UserCards | 'nobody' | undefined

  const draw: Drawing = (page) => {
    const known = shown === 'nobody' ? undefined : shown?.on(page)
    const samples = sample.cards(page.origin)
    // A card of a worker that was ended meanwhile shows calls that are nobody's any more.
    const isFinal = shown === 'nobody'
    if (known === undefined && samples === undefined && !isFinal) return undefined
    const { calls = [], alerts, lostSinceMs, dial } = known ?? {}
    return {
      ...(isFinal ? { isFinal } : {}),
      calls: [...calls, ...(samples ?? [])],
      // A sample is no less right for a stream that broke off.
      lostSinceMs: calls.length === 0 && sample.isPlaying() ? undefined : lostSinceMs,
      ...(alerts === undefined ? {} : { alerts }),
      dial,
      place: places.of(page),
    }
  }

  return {
    show: (next) => {
      shown = next
      pages.draw(draw)
    },
    redraw: () => pages.draw(draw),
  }
}
