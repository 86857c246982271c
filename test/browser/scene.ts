import type { Page } from 'playwright-core'
import { inject } from 'vitest'
import type { LogEvent } from '../../shared/protocol/wire.ts'
import { type Services, type ServicesOptions, startServices } from '../demo/services.ts'
import { PEOPLE } from '../platform/people.ts'
import { signIn } from '../relay/support/sign-in-flow.ts'
import { type BarePage, openBarePage } from '../support/browser/bare-page.ts'
import { type CardReader, createCardReader } from '../support/browser/card.ts'
import { type ExtensionBrowser, type ExtensionBrowserOptions, launchExtension } from '../support/browser/extension.ts'
import { saveRelay, signIn as signInOnPage } from '../support/browser/sign-in.ts'
import { reportFailure } from './failure-report.ts'
import { borrowBrowser } from './lent-browser.ts'

/** A browser with the extension, as it is right after its install, beside everything it talks to, as it is at its start. */
export interface Scene extends Services {
  readonly browser: ExtensionBrowser
  /** A page of the extension that shows nothing, by which its state is set up. */
  readonly bare: BarePage
  /** Opens a page of the sample CRM and a reader of the card on it. */
  openCrm(path?: string): Promise<{ readonly page: Page; readonly card: CardReader }>
  openPopup(): Promise<Page>
}

export interface SceneOptions {
  /** Whether the relay has the stand-in HubSpot, which would name callers in every other test. */
  readonly hasCrm?: boolean
}

const NO_CRM = { RELAY_CRM: '', RELAY_CRM_URL: '', RELAY_CRM_KEY: '', RELAY_CRM_WAIT_S: '' }

/**
 * Every test opens one of its own, in `beforeEach`, and closes it in `afterEach`: what a test left behind, and what it broke, the
 * next one never sees. The browser itself is lent, unless the test needs the tab that is opened at install.
 */
export async function openScene(
  options: Partial<ServicesOptions> & Partial<ExtensionBrowserOptions> & SceneOptions = {},
): Promise<Scene> {
  const { firstPort = 0, tidy = true, settings, busy, relayClock, hasCrm = false, ...asked } = options
  const services = await startServices({
    firstPort,
    tidy,
    settings: { ...(hasCrm ? {} : NO_CRM), ...settings },
    ...(busy && { busy }),
    ...(relayClock && { relayClock }),
  })
  try {
    const { browser, bare } = await findBrowser({
      executablePath: inject('chromium'),
      isHeadless: true,
      grantedSites: ['http://localhost/*'],
      ...asked,
    })
    return {
      ...services,
      browser,
      bare,
      ...describePages(browser, services.crmUrl),
      close: () => closeAll(browser, services),
    }
  } catch (error) {
    await services.close()
    throw error
  }
}

async function findBrowser(options: ExtensionBrowserOptions): Promise<Pick<Scene, 'browser' | 'bare'>> {
  if (!options.keepsWelcome) return borrowBrowser(options)
  const browser = await launchExtension(options)
  return { browser, bare: await openBarePage(browser.context, inject('ownCode')) }
}

function describePages({ context, open }: ExtensionBrowser, crmUrl: string): Pick<Scene, 'openCrm' | 'openPopup'> {
  return {
    openCrm: async (path = '/contacts/ada-winter') => {
      const page = await context.newPage()
      await page.goto(crmUrl + path)
      return { page, card: await createCardReader(page) }
    },
    openPopup: async () => {
      const popup = await open('popup.html')
      await popup.setViewportSize({ width: 380, height: 600 })
      return popup
    },
  }
}

async function closeAll(browser: ExtensionBrowser, services: Services): Promise<void> {
  await reportFailure(browser.context, services)
  await browser.close()
  await services.close()
}

/**
 * Has a person signed in, without the way over the settings page: where that is looked at, it is `signInByHand`. `past`:
 * notifications of before, which the store then holds as if the worker had taken them in when they were told.
 */
export async function signInAs(
  { bare, relayUrl }: Pick<Scene, 'bare' | 'relayUrl'>,
  name: string,
  past: readonly { readonly timestamp?: unknown }[] = [],
): Promise<void> {
  const person = PEOPLE.find((one) => one.name === name)
  if (person === undefined) throw new Error(`the stand-in should know who ${name} is, but does not`)
  const { token, user } = await signIn({ relay: { url: relayUrl } }, person.extensionId)
  if (past.length > 0) await bare.keepEvents(user, past.map(asLogged))
  await bare.signIn({ relayUrl, token, user })
}

/** As the relay would have it that got it the moment it was sent. */
function asLogged(notification: { readonly timestamp?: unknown }, index: number): LogEvent {
  return { position: index + 1, receivedAt: String(notification.timestamp), notification }
}

/** Signs a person in on the settings page and closes it. */
export async function signInByHand({ browser, relayUrl }: Scene, name: string): Promise<void> {
  const settings = await browser.open('options.html')
  await saveRelay(settings, relayUrl)
  await signInOnPage(browser, settings, name)
  await settings.close()
}

/** Signs a person in by RingCentral's window, while the worker goes on as it is. */
export async function signInByWindow({ browser, bare, relayUrl }: Scene, name: string): Promise<void> {
  await bare.ask('setRelay', relayUrl)
  const window = browser.context.waitForEvent('page')
  const signedIn = bare.ask('signIn')
  await (await window).getByRole('button', { name }).click()
  await signedIn
  await bare.hearsRelay()
}
