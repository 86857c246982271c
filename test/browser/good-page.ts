import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { findBarriers } from '../support/browser/axe.ts'
import { takePicture } from '../support/browser/picture.ts'

const LOOKS = [
  ['light', 1000],
  ['dark', 1000],
  ['light', 360],
] as const

/** Wide and narrow, in light and dark: nobody finds a barrier, and nothing reaches beyond the page. Keeps a picture of each. */
export async function expectGood(page: Page, name: string): Promise<void> {
  for (const [colorScheme, width] of LOOKS) {
    await page.setViewportSize({ width, height: 800 })
    await page.emulateMedia({ colorScheme })
    expect(await findBarriers(page, { isColoursOnly: colorScheme === 'dark' })).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    await takePicture(page, `${name}-${colorScheme}-${width}`, { fullPage: true })
  }
}
