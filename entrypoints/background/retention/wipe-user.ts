import { openPersonStore } from '../../lib/store/open-writable.ts'
import type { StoreOwner } from '../../lib/store/store-name.ts'
import { wipe } from '../../lib/store/write-retention.ts'

/** Wipes what is kept of somebody whose store nothing of the worker has open. Returns whether it is done. */
export async function wipeUser(owner: StoreOwner): Promise<boolean> {
  try {
    const store = await openPersonStore(owner)
    await wipe(store).finally(() => store.close())
    return true
  } catch {
    return false
  }
}
