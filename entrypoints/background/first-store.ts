import { loadNumberingPlans } from '../lib/numbers/load-plans.ts'
import type { BrowserStore } from '../lib/store/open.ts'
import { openBrowserStore } from '../lib/store/open-writable.ts'

/**
 * The store that says who is signed in begins to open before the rest of the worker's script has run: everything else waits for it.
 * That is why this file is imported first.
 */
let first: Promise<BrowserStore> | undefined = openBrowserStore()
// Whoever takes it hears of it.
first.catch(() => undefined)
// And so do the numbering plans: whoever needs them asks again.
loadNumberingPlans().catch(() => undefined)

/** The store that is opening the first time, and another each time after. */
export function takeFirstStore(): Promise<BrowserStore> {
  const store = first ?? openBrowserStore()
  first = undefined
  return store
}
