import { browser } from 'wxt/browser'
import { useNumberingPlans } from '../../../shared/number/numbering-plans.ts'

let loading: Promise<void> | undefined

/**
 * Reads the numbering plans, which are a file of the extension (see wxt.config.ts), unless they are there. To be waited for before the
 * first number is read or drawn; it takes a few milliseconds, in which other things can be read.
 */
export function loadNumberingPlans(): Promise<void> {
  loading ??= read().catch((error: unknown) => {
    loading = undefined
    throw error
  })
  return loading
}

async function read(): Promise<void> {
  const response = await fetch(browser.runtime.getURL('/numbering-plans.json'))
  useNumberingPlans(await response.json())
}
