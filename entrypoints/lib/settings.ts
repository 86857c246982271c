import { storage } from 'wxt/utils/storage'

/** Where the relay is, as an origin without a path (`https://relay.example.com`); `''` until somebody has said so. */
export const relayUrlSetting = storage.defineItem<string>('local:relayUrl', { fallback: '' })
