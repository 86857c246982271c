import { storage } from 'wxt/utils/storage'
import type { CardPlace } from './ports.ts'

/** Where the relay is, as an origin without a path (`https://relay.example.com`); `''` until somebody has said so. */
export const relayUrlSetting = storage.defineItem<string>('local:relayUrl', { fallback: '' })

/** Where the person put the card, by the origin of the site. */
export const cardPlacesSetting = storage.defineItem<Readonly<Record<string, CardPlace>>>('local:cardPlaces', {
  fallback: {},
})
