import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterEach, beforeEach, expect, inject, it } from 'vitest'
import { systemClock } from '../../relay/clock.ts'
import type { Clock } from '../../shared/clock.ts'
import { EXTENSION_ID } from '../../shared/extension-key.ts'
import { SECOND_MS } from '../../shared/time.ts'
import { type Services, startServices } from '../demo/services.ts'
import { type ExtensionBrowser, extensionArgs, launchExtension } from '../support/browser/extension.ts'
import { findDescendants } from '../support/browser/processes.ts'
import { saveRelay, signIn } from '../support/browser/sign-in.ts'
import { eventually } from '../support/eventually.ts'
import { readMetric } from '../support/read-metric.ts'
import { restampStream } from '../support/restamp.ts'
import { reportFailure } from './failure-report.ts'

/**
 * While a debugger looks on, Chrome never ends a worker as it does for people. Here nobody looks on when it ends: what became
 * of it the relay tells, and the processes of the browser.
 */

/** The relay has no client for a moment only: who looks rarely may miss it. */
const CLOSELY = { intervalMs: 5 }
/** Half a minute until Chrome finds the worker idle, up to a minute until its alarm. */
const LONG = { limitMs: 180_000 }
const FIGURES = ['Ring 0:07', 'Talk 0:12', 'Hold 0:02']

let services: Services
let profile: string
/** The browser in which a test looks at last. */
let last: ExtensionBrowser | undefined

beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'ringside-profile-'))
})
afterEach(async () => {
  if (last !== undefined) await reportFailure(last.context, services)
  await last?.close()
  last = undefined
  await services?.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

const launch = (isUsed: boolean) =>
  launchExtension({
    executablePath: inject('chromium'),
    isHeadless: true,
    grantedSites: ['http://localhost/*'],
    profile: { folder: profile, isUsed },
  })

/** How many people's sockets the relay has. */
const countClients = () => readMetric(services.relayUrl, 'ringside_clients')

const clientsAre = (count: number) =>
  eventually(async () => expect(await countClients()).toBe(count), { ...CLOSELY, ...LONG })

/** Chromium as a person starts it, with this page before them; no way in for a debugger unless one is asked for. */
function startAlone(url: string): ChildProcess {
  return spawn(
    inject('chromium'),
    [
      '--headless=new',
      `--user-data-dir=${profile}`,
      ...extensionArgs(),
      '--password-store=basic',
      '--no-default-browser-check',
      // Nobody looks in but to end it: see `lookOn`.
      '--remote-debugging-port=0',
      url,
    ],
    { stdio: 'ignore' },
  )
}

/** As a person closes it: one that is ended by a signal ends while it writes, and has been seen to lose stores at its next start. */
async function end(browser: ChildProcess): Promise<void> {
  const hasEnded = once(browser, 'exit')
  await lookOn(async (context) => {
    const session = await context.browser()?.newBrowserCDPSession()
    await session?.send('Browser.close')
  })
  await hasEnded
}

/** Looks on for as long as the task takes: with the debugger goes everything that it keeps from ending. */
async function lookOn(task: (context: BrowserContext) => Promise<void>): Promise<void> {
  const address = await eventually(async () => {
    const [port, path] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n')
    if (!port || !path) throw new Error('Chromium does not say yet where a debugger is let in')
    return `ws://127.0.0.1:${port}${path}`
  })
  const browser = await chromium.connectOverCDP(address)
  const [context] = browser.contexts()
  if (context === undefined) throw new Error('Chromium has no profile open')
  await task(context).finally(() => browser.close())
}

async function openOwnPage(context: BrowserContext, file: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`chrome-extension://${EXTENSION_ID}/${file}`)
  return page
}

/** Nothing of the extension is open: its process has the worker to itself, and ends with it. */
async function closeOwnPages(context: BrowserContext): Promise<void> {
  const own = () => context.pages().filter((page) => page.url().startsWith(`chrome-extension://${EXTENSION_ID}/`))
  // It opens by itself, and when it pleases.
  await eventually(() => expect(own().map((page) => page.url())).toContainEqual(expect.stringMatching('welcome')))
  for (const page of own()) await page.close()
}

/** Longer than Chrome lets the worker idle. */
async function setAlarmToAMinute(page: Page): Promise<void> {
  const readPeriod = () => page.evaluate(async () => (await chrome.alarms.get('revive'))?.periodInMinutes)
  await eventually(async () => expect(await readPeriod()).toBe(0.5))
  await page.evaluate(() => chrome.alarms.create('revive', { periodInMinutes: 1 }))
}

const figuresAre = (popup: Page) =>
  eventually(async () => expect(await popup.locator('details .times > span').allTextContents()).toEqual(FIGURES))

/** Its pings, which would keep the worker from idling, come ten times later. */
const silentClock: Clock = {
  ...systemClock,
  after: (delayMs, action) => systemClock.after(delayMs >= 20 * SECOND_MS ? 10 * delayMs : delayMs, action),
}

it('comes back by itself each time its process is ended, and has exact figures', async () => {
  services = await startServices({ firstPort: 0, tidy: true })
  const first = await launch(false)
  const settings = await first.open('options.html')
  await saveRelay(settings, services.relayUrl)
  await signIn(first, settings, 'Bea Lindqvist')
  await clientsAre(1)
  await first.close()
  await clientsAre(0)

  const events = restampStream('pstn-to-user', Date.now() - 30_000)
  const browser = startAlone(`${services.crmUrl}/contacts`)
  try {
    await clientsAre(1)
    for (const until of [7, 8, 9]) {
      for (const { envelope, sequence } of events) {
        if (sequence <= until) expect(await services.platform.deliver(envelope)).toEqual([200])
      }
      const [worker] = await findDescendants(Number(browser.pid), '--extension-process')
      if (worker === undefined) throw new Error('Chromium has no process for the extension')
      process.kill(worker, 'SIGKILL')
      await clientsAre(0)
      await clientsAre(1)
    }
    for (const { envelope } of events) expect(await services.platform.deliver(envelope)).toEqual([200])
  } finally {
    await end(browser)
  }
  await clientsAre(0)

  last = await launch(true)
  const popup = await last.open('popup.html')
  await figuresAre(popup)
})

it('comes back by its alarm when Chrome has ended it for idling, and has exact figures', {
  timeout: 480_000,
}, async () => {
  services = await startServices({ firstPort: 0, tidy: true, relayClock: silentClock })
  const browser = startAlone('about:blank')
  const extensionProcesses = () => findDescendants(Number(browser.pid), '--extension-process')
  try {
    await lookOn(async (context) => {
      const settings = await openOwnPage(context, 'options.html')
      await saveRelay(settings, services.relayUrl)
      await signIn({ context }, settings, 'Bea Lindqvist')
      await clientsAre(1)
      await setAlarmToAMinute(settings)
      await closeOwnPages(context)
    })
    const events = restampStream('pstn-to-user', Date.now() - 30_000)
    for (const { envelope, sequence } of events) {
      // She talks while the worker ends: nothing about the call has to be asked, and the rest of it comes to nobody.
      if (sequence <= 8) expect(await services.platform.deliver(envelope)).toEqual([200])
    }
    expect(await extensionProcesses()).not.toEqual([])
    await eventually(async () => expect([await extensionProcesses(), await countClients()]).toEqual([[], 0]), LONG)

    for (const { envelope } of events) expect(await services.platform.deliver(envelope)).toEqual([200])
    expect(await countClients()).toBe(0)
    await clientsAre(1)
    await lookOn(async (context) => figuresAre(await openOwnPage(context, 'popup.html')))
  } finally {
    await end(browser)
  }
})
