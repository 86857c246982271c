import { beforeEach, expect, it, vi } from 'vitest'
import type { CardPlace } from '../../../../entrypoints/lib/settings/card-place.ts'

let kept: Readonly<Record<string, CardPlace>>
vi.mock('../../../../entrypoints/lib/settings/settings.ts', () => ({
  cardPlacesSetting: {
    getValue: async () => kept,
    setValue: async (next: typeof kept) => {
      kept = next
    },
  },
}))
const { createCardPlaces } = await import('../../../../entrypoints/background/pages/card-places.ts')

const origin = 'https://crm.example.com'
const PLACE = { right: 100, bottom: 200 }

beforeEach(() => {
  kept = {}
})

it('a place is kept by site', async () => {
  const places = createCardPlaces(() => {})
  await places.set({ origin, isIncognito: false }, PLACE)
  expect([kept, places.of({ origin, isIncognito: true })]).toEqual([{ [origin]: PLACE }, PLACE])
})

it('a place in an incognito window is not kept, and is no other window’s', async () => {
  const places = createCardPlaces(() => {})
  await places.set({ origin, isIncognito: true }, PLACE)
  expect([kept, places.of({ origin, isIncognito: true }), places.of({ origin, isIncognito: false })]).toEqual([
    {},
    PLACE,
    undefined,
  ])
  await places.set({ origin: 'https://other.example.com', isIncognito: false }, PLACE)
  expect(Object.keys(kept)).toEqual(['https://other.example.com'])
})
