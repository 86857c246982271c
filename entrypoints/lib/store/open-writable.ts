import { type BrowserStore, openReadableBrowserStore, openReadableStore, type PersonStore } from './open.ts'
import type { StoreOwner } from './store-name.ts'

/** The stores as the background alone has them. There is one way to open each; what may be done with it is a matter of types. */

/** As {@link openReadableStore} does. */
export function openPersonStore(owner: StoreOwner): Promise<PersonStore> {
  return openReadableStore(owner) as Promise<PersonStore>
}

/** As {@link openReadableBrowserStore} does. */
export function openBrowserStore(): Promise<BrowserStore> {
  return openReadableBrowserStore() as Promise<BrowserStore>
}
