import type { Page } from 'playwright-core'
import type { ExtensionBrowser } from './extension.ts'

/** Sets the relay's address on the settings page, as a person does. Throws what the page says instead of "saved". */
export async function saveRelay(settings: Page, relayUrl: string): Promise<void> {
  await settings.getByLabel('Invitation link or company address').fill(relayUrl)
  await settings.getByRole('button', { name: 'Connect' }).click()
  const answer = settings.locator('.feedback[data-kind="done"], .feedback[data-kind="problem"]').first()
  await answer.waitFor()
  const said = await answer.textContent()
  if (said !== 'Connected.') throw new Error(`The settings say of ${relayUrl}: ${said}`)
}

/** Signs in on the settings page: RingCentral's window opens, and the person of this name is chosen there. */
export async function signIn(browser: Pick<ExtensionBrowser, 'context'>, settings: Page, name: string): Promise<void> {
  const window = browser.context.waitForEvent('page')
  await settings.getByRole('button', { name: 'Sign in' }).click()
  await (await window).getByRole('button', { name }).click()
  await settings.getByText(`Signed in as ${name}`).waitFor()
}
