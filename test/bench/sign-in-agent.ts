import type { ExtensionBrowser } from '../support/browser/extension.ts'
import { saveRelay, signIn } from '../support/browser/sign-in.ts'

/** Signs the agent in at a relay, on the settings page. */
export async function signInAgent(browser: ExtensionBrowser, relayUrl: string): Promise<void> {
  const settings = await browser.open('options.html')
  await saveRelay(settings, relayUrl)
  await signIn(browser, settings, 'Bea Lindqvist')
  await settings.close()
}
