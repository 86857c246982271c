import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page, type Worker } from 'playwright-core'
import { EXTENSION_ID } from '../../../shared/extension-key.ts'
import { LIMIT_MS } from '../limit.ts'
import { BUILD_FOLDER } from './build.ts'
import { seedProfile } from './seed-profile.ts'

/** Chromium with the very build that ships, in a fresh profile. */

export interface ExtensionBrowserOptions {
  readonly executablePath: string
  readonly isHeadless: boolean
  /** The extension to load, if not the build that ships. */
  readonly folder?: string
  /** A profile of its own to begin or go on with: `close` leaves it as it is. A used one has its grants. */
  readonly profile?: { readonly folder: string; readonly isUsed: boolean }
  /** Match patterns of the sites that the person has granted. */
  readonly grantedSites?: readonly string[]
  /** Optional permissions that the person has granted. */
  readonly grantedPermissions?: readonly string[]
  readonly language?: string
  /** The X display to open windows on, if not the machine's. */
  readonly display?: string
  readonly extraArgs?: readonly string[]
  /** Arguments by which the driver makes its browser another than people's. */
  readonly ignoreDefaultArgs?: readonly string[]
  /** Leaves the tab open that the extension opens at install; `welcome` is that tab. */
  readonly keepsWelcome?: boolean
  /** For a person to look at: its icon is pinned to the toolbar, and no bar warns of how the browser was started. */
  readonly isShown?: boolean
  readonly viewport?: { readonly width: number; readonly height: number }
}

export interface ExtensionBrowser {
  readonly context: BrowserContext
  /** The tab that the extension opened at install, where it was to be kept. */
  readonly welcome: Page | undefined
  /** Opens one of the extension's own pages (`popup.html`, `options.html`). */
  open(file: string): Promise<Page>
  /** The service worker that runs; while there is none, the next. */
  worker(): Promise<Worker>
  /** Ends the service worker as Chrome does when it pleases; resolves when it is gone. */
  endWorker(): Promise<void>
  /** Closes the browser and forgets the profile. */
  close(): Promise<void>
}

export async function launchExtension(options: ExtensionBrowserOptions): Promise<ExtensionBrowser> {
  const profile = options.profile?.folder ?? (await mkdtemp(join(tmpdir(), 'ringside-profile-')))
  const isUsed = options.profile?.isUsed ?? false
  const { grantedSites = [], grantedPermissions = [] } = options
  if (!isUsed && grantedSites.length + grantedPermissions.length > 0) {
    const grants = { executablePath: options.executablePath, sites: grantedSites, permissions: grantedPermissions }
    await seedProfile(profile, grants, (folder, seed) =>
      launch(folder, seed, { executablePath: options.executablePath, isHeadless: true }),
    )
  }
  if (options.isShown) await pinIcon(profile)
  const context = await launch(profile, options.folder ?? BUILD_FOLDER, options)
  await findWorker(context)
  const welcome = options.folder === undefined && !isUsed ? await waitForWelcome(context) : undefined
  // It comes when it pleases, and a test that waits for a page is to get its own.
  if (!options.keepsWelcome) await welcome?.close()
  return {
    context,
    welcome: options.keepsWelcome ? welcome : undefined,
    open: async (file) => {
      const page = await context.newPage()
      await page.goto(`chrome-extension://${EXTENSION_ID}/${file}`)
      return page
    },
    worker: () => findWorker(context),
    endWorker: () => endWorker(context),
    close: async () => {
      await context.close()
      if (options.profile === undefined) await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** As if the person had pinned it, which nothing but a click in the toolbar's menu does. */
async function pinIcon(profile: string): Promise<void> {
  const folder = join(profile, 'Default')
  const path = join(folder, 'Preferences')
  await mkdir(folder, { recursive: true })
  const preferences = JSON.parse(await readFile(path, 'utf8').catch(() => '{}'))
  const extensions = { ...preferences.extensions, pinned_extensions: [EXTENSION_ID] }
  await writeFile(path, JSON.stringify({ ...preferences, extensions }))
}

/** The tab that the extension opens at install, beside the empty one that the browser begins with. */
async function waitForWelcome(context: BrowserContext): Promise<Page> {
  const page = context.pages()[1] ?? (await context.waitForEvent('page'))
  await page.waitForURL('**/welcome.html')
  return page
}

/**
 * Features that are switched off: what Chromium would do for people by itself and a driver switches off too (the last list that
 * it is given counts), and the pages, previews and animations of its own bars, which take a fifth of all the work and which
 * nobody looks at.
 */
const FEATURES_OFF = [
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
  // Of the bars.
  'InitialWebUI',
  'PreloadTopChromeWebUI',
  'TabHoverCardImages',
  'WebUIBackForwardButton',
  'WebUIHomeButton',
  'WebUILocationBar',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'WebUIOmniboxPopup',
  'WebUIReloadButton',
  'WebUISplitTabsButton',
  'WebUITabStrip',
  'WebUIToolbar',
]

/** What Chromium is started with to have the extension, and nothing else of its own. */
export function extensionArgs(extension = BUILD_FOLDER): readonly string[] {
  return [
    `--disable-extensions-except=${extension}`,
    `--load-extension=${extension}`,
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    // Everything is on this machine; looking for a proxy first takes seconds where there is no network.
    '--no-proxy-server',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    `--disable-features=${FEATURES_OFF.join(',')}`,
    // Those of its own bars and tabs, each frame of which lays all of them out; a page's are its own affair.
    '--animation-duration-scale=0',
  ]
}

async function launch(profile: string, extension: string, options: ExtensionBrowserOptions): Promise<BrowserContext> {
  const { executablePath, isHeadless, extraArgs = [], ignoreDefaultArgs = [], language = 'en-US', viewport } = options
  const isShown = options.isShown === true
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    timeout: LIMIT_MS,
    // The new headless mode runs extensions; asking for it by hand keeps other versions of the driver from choosing the old.
    headless: false,
    // Whoever launches it ends it, in its own order.
    handleSIGINT: false,
    handleSIGTERM: false,
    ignoreDefaultArgs: [...ignoreDefaultArgs, ...(isShown ? ['--enable-automation'] : [])],
    // A person's window has its own size; what nobody sees gets one.
    locale: language,
    viewport: viewport ?? (isHeadless ? { width: 1280, height: 800 } : null),
    args: [
      ...(isHeadless ? ['--headless=new'] : []),
      `--lang=${language}`,
      ...extensionArgs(extension),
      // It opens nothing but pages of this machine, so there is nothing to warn of.
      ...(isShown ? ['--test-type'] : []),
      ...extraArgs,
    ],
    env: { ...process.env, LANGUAGE: language, ...(options.display === undefined ? {} : { DISPLAY: options.display }) },
  })
  context.setDefaultTimeout(LIMIT_MS)
  return context
}

async function endWorker(context: BrowserContext): Promise<void> {
  // Only a page of the extension may ask about its worker; one that wants nothing of it does not start it again.
  const page = await context.newPage()
  await page.goto(`chrome-extension://${EXTENSION_ID}/icon/16.png`)
  const session = await context.newCDPSession(page)
  const hasStopped = new Promise<void>((resolve) =>
    session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      if (versions.some(({ runningStatus }) => runningStatus === 'stopped')) resolve()
    }),
  )
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.stopAllWorkers')
  await hasStopped
  await page.close()
}

/** The last one listed: a browser may still list one that has ended before it. */
export async function findWorker(context: BrowserContext): Promise<Worker> {
  return context.serviceWorkers().at(-1) ?? context.waitForEvent('serviceworker')
}
