import type { BrowserContext, Page } from 'playwright-core'
import { EXTENSION_ID } from '../../shared/extension-key.ts'

/** What Chrome's own page of extensions can do, as far as it is used here. */
interface DeveloperPrivate {
  updateProfileConfiguration(update: { readonly inDeveloperMode: boolean }): Promise<void>
  reload(extensionId: string): Promise<void>
}

/** Chrome does not load an unpacked extension again for people who are no developers. Leaves the page open that says so. */
export async function becomeDeveloper(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto('chrome://extensions')
  await page.evaluate(() => {
    const { developerPrivate } = chrome as unknown as { developerPrivate: DeveloperPrivate }
    return developerPrivate.updateProfileConfiguration({ inDeveloperMode: true })
  })
  return page
}

/** As on Chrome's own page of extensions. An update does the same, with other files. */
export async function reloadExtension(context: BrowserContext): Promise<void> {
  const page = await becomeDeveloper(context)
  await page.evaluate((id) => {
    const { developerPrivate } = chrome as unknown as { developerPrivate: DeveloperPrivate }
    return developerPrivate.reload(id)
  }, EXTENSION_ID)
  await page.close()
}
