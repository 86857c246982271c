import type { LogEvent } from '../../shared/protocol/wire.ts'
import type { Person } from '../platform/people.ts'
import { openBarePage } from '../support/browser/bare-page.ts'
import type { ExtensionBrowser } from '../support/browser/extension.ts'
import { bundleOwnCode } from '../support/browser/own-code.ts'
import { saveRelay, signIn } from '../support/browser/sign-in.ts'
import { PAST_DAYS, tellPast } from './past.ts'
import type { Services } from './services.ts'

/** Tells a fresh extension where the relay is, and signs somebody in. */
export async function prepare(browser: ExtensionBrowser, { relayUrl }: Services, name: string): Promise<void> {
  const settings = await browser.open('options.html')
  await saveRelay(settings, relayUrl)
  await signIn(browser, settings, name)
  await settings.close()
}

/** Has a fresh extension hold what an agent would have behind them, as if it had been there. */
export async function givePast(
  { context }: ExtensionBrowser,
  { accountId, extensionId, name }: Person,
  say: (line: string) => void,
): Promise<void> {
  say(`Writing ${PAST_DAYS} days of calls …`)
  const before = new Set(context.pages())
  const bare = await openBarePage(context, await bundleOwnCode())
  await bare.keepEvents(
    { accountId, extensionId, name, role: 'agent' },
    tellPast(extensionId, Date.now()).map(asLogged),
  )
  for (const page of context.pages()) if (!before.has(page)) await page.close()
}

/** As the relay would have it that got it the moment it was sent. */
function asLogged(notification: { readonly timestamp?: unknown }, index: number): LogEvent {
  return { position: index + 1, receivedAt: String(notification.timestamp), notification }
}
