import type { CardPlace } from '../../lib/ports.ts'
import { cardPlacesSetting } from '../../lib/settings.ts'

/** Where the person put the card, by site: pages of one origin share a place. */
export interface CardPlaces {
  of(origin: string): CardPlace | undefined
  /** `undefined` puts it back to its usual place. */
  set(origin: string, place: CardPlace | undefined): Promise<void>
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
  return {
    of: (origin) => places[origin],
    set: async (origin, place) => {
      await reading
      const { [origin]: _, ...others } = places
      places = place === undefined ? others : { ...others, [origin]: place }
      await cardPlacesSetting.setValue(places)
    },
    clear: async () => {
      await reading
      places = {}
      await cardPlacesSetting.setValue(places)
    },
  }
}
