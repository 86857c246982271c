import type { Locator, Page, PageScreenshotOptions } from 'playwright-core'

/** Where pictures of screens go. */
const PICTURES = new URL('../../../test-results/screens', import.meta.url).pathname

export const TAKES_PICTURES = Boolean(process.env.PICTURES)

/**
 * Keeps a picture of a page, or of a part of it, for people to look at: with `PICTURES=1` only, since it takes more work than what is
 * asserted about it.
 */
export async function takePicture(
  of: Page | Locator,
  name: string,
  options: Pick<PageScreenshotOptions, 'fullPage'> = {},
): Promise<void> {
  if (TAKES_PICTURES) await of.screenshot({ path: `${PICTURES}/${name}.png`, ...options })
}
