import type { ExtensionBrowser } from '../support/browser/extension.ts'
import { saveRelay, signIn } from '../support/browser/sign-in.ts'
import type { Services } from './services.ts'

/** Tells a fresh extension where the relay is, and signs somebody in. */
export async function prepare(browser: ExtensionBrowser, { relayUrl }: Services, name: string): Promise<void> {
  const settings = await browser.open('options.html')
  await saveRelay(settings, relayUrl)
  await signIn(browser, settings, name)
  await settings.close()
}
