import type { CardPlace } from '../../lib/settings/card-place.ts'
import { cardPlacesSetting } from '../../lib/settings/settings.ts'
import type { PageFacts } from './open-pages.ts'

/** A page, as far as it has a place. */
type Placed = Pick<PageFacts, 'origin' | 'isIncognito'>

/** Where the person put the card, by site: pages of one origin share a place. In incognito windows it is not kept. */
export interface CardPlaces {
  of(page: Placed): CardPlace | undefined
  /** `undefined` puts it back to its usual place. */
  set(page: Placed, place: CardPlace | undefined): Promise<void>
  /** Puts it back to its usual place everywhere. */
  clear(): Promise<void>
}

/** Places are read once, and `onRead` tells when they are known: until then every card is in its usual place. */
export function createCardPlaces(onRead: () => void): CardPlaces {
  let places: Readonly<Record<string, CardPlace>> = {}
  const reading = cardPlacesSetting.getValue().then((read) => {
    places = { ...read, ...places }
    onRead()
  })
  /** Of pages in incognito windows; forgotten with the worker. */
  const passing = new Map<string, CardPlace | undefined>()
  return {
    of: ({ origin, isIncognito }) => (isIncognito && passing.has(origin) ? passing.get(origin) : places[origin]),
    set: async ({ origin, isIncognito }, place) => {
      if (isIncognito) {
        passing.set(origin, place)
        return
      }
      await reading
      const { [origin]: _, ...others } = places
      places = place === undefined ? others : { ...others, [origin]: place }
      await cardPlacesSetting.setValue(places)
    },
    clear: async () => {
      await reading
      passing.clear()
      places = {}
      await cardPlacesSetting.setValue(places)
    },
  }
}
