import type { Page } from 'playwright-core'
import { inject } from 'vitest'
import { type Services, type ServicesOptions, startServices } from '../demo/services.ts'
import { type CardReader, createCardReader } from '../support/browser/card.ts'
import { type ExtensionBrowser, type ExtensionBrowserOptions, launchExtension } from '../support/browser/extension.ts'
import { saveRelay, signIn } from '../support/browser/sign-in.ts'

/** A browser with the extension, beside everything it talks to. */
export interface Scene extends Services {
  readonly browser: ExtensionBrowser
  /** Opens a page of the sample CRM and a reader of the card on it. */
  openCrm(path?: string): Promise<{ readonly page: Page; readonly card: CardReader }>
  openPopup(): Promise<Page>
}

export async function openScene(
  options: Partial<ServicesOptions> & Partial<ExtensionBrowserOptions> = {},
): Promise<Scene> {
  const services = await startServices({ firstPort: 0, tidy: true, ...options })
  const browser = await launchExtension({
    executablePath: inject('chromium'),
    isHeadless: true,
    grantedSites: ['http://localhost/*'],
    ...options,
  })
  return {
    ...services,
    browser,
    openCrm: async (path = '/contacts/ada-winter') => {
      const page = await browser.context.newPage()
      await page.goto(services.crmUrl + path)
      return { page, card: await createCardReader(page) }
    },
    openPopup: async () => {
      const popup = await browser.open('popup.html')
      await popup.setViewportSize({ width: 380, height: 600 })
      return popup
    },
    close: async () => {
      await browser.close()
      await services.close()
    },
  }
}

/** Signs a person in on the settings page and closes it. */
export async function signInAs({ browser, relayUrl }: Scene, name: string): Promise<void> {
  const settings = await browser.open('options.html')
  await saveRelay(settings, relayUrl)
  await signIn(browser, settings, name)
  await settings.close()
}
