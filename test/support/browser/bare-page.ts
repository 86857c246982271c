import { setTimeout as after } from 'node:timers/promises'
import type { BrowserContext, Page, Worker } from 'playwright-core'
import type { Status } from '../../../entrypoints/lib/contract/messages.ts'
import type { SignIn } from '../../../entrypoints/lib/store/schema.ts'
import { EXTENSION_ID } from '../../../shared/extension-key.ts'
import type { LogEvent, User } from '../../../shared/protocol/wire.ts'
import { LIMIT_MS } from '../limit.ts'
import { findWorker } from './extension.ts'
import { OWN_CODE } from './own-code.ts'

/**
 * A page of the extension that shows nothing and does not start its worker by being there. From it the worker is ended, and
 * what the extension keeps is wiped or written while it sleeps.
 */
export interface BarePage {
  /** Makes the extension what it is right after its install, with the same grants, and closes every other page. */
  wipe(): Promise<void>
  /** Has somebody signed in who has the relay's token. Resolves when the worker hears the relay. */
  signIn(signIn: SignIn): Promise<void>
  /** Asks the worker something, as the extension's pages do. */
  ask(type: string, data?: unknown): Promise<unknown>
  /** Keeps a setting, by its name in the browser's store, as the extension's pages do. */
  keepSetting(name: string, value: unknown): Promise<void>
  /** Ids of the scripts that come into pages as they load. */
  scripts(): Promise<readonly string[]>
  /** Resolves when the worker hears the relay. */
  hearsRelay(): Promise<void>
  /** Starts the worker where it sleeps, and gives it. */
  wakeWorker(): Promise<Worker>
  /** Has the worker's store hold what the relay would have brought of the past. */
  keepEvents(user: User, events: readonly LogEvent[]): Promise<void>
}

/** `ownCode`: what `bundleOwnCode` made. */
export async function openBarePage(context: BrowserContext, ownCode: string): Promise<BarePage> {
  const page = await context.newPage()
  await page.goto(`chrome-extension://${EXTENSION_ID}/icon/16.png`)
  const granted = await readGrants(page)
  await page.evaluate(ownCode)

  async function wipe(): Promise<void> {
    if ((await readGrants(page)) !== granted) throw new Error('what is granted should be what was granted at first')
    for (const other of context.pages()) if (other !== page) await other.close()
    // While it runs: what is changed under a worker that sleeps starts it, for nothing.
    await page.evaluate(wipeSettings)
    await stopWorker(page)
    // Woken by what was changed before it was stopped, it keeps again what it has read before that was deleted.
    do {
      await page.evaluate(deleteDatabases)
      await page.evaluate(wipeSettings)
      await stopWorker(page)
    } while (await page.evaluate(hasDatabases))
    await Promise.all([context.clearCookies(), context.clearPermissions()])
  }

  const hearsRelay = async () => {
    await page.waitForFunction(isLive, undefined, { polling: 20, timeout: LIMIT_MS })
  }

  return {
    wipe,
    hearsRelay,
    ask: (type, data) => page.evaluate(ask, { type, data }),
    keepSetting: (name, value) =>
      page.evaluate(([key, kept]) => chrome.storage.local.set({ [key]: kept }), [name, value] as const),
    scripts: () =>
      page.evaluate(async () => (await chrome.scripting.getRegisteredContentScripts()).map(({ id }) => id)),
    signIn: async (signIn) => {
      await stopWorker(page)
      await page.evaluate(`${OWN_CODE}.keepSignIn(${JSON.stringify(signIn)})`)
      // A page that is open has woken it meanwhile, for whoever was signed in before.
      await stopWorker(page)
      // Last, since it starts the worker.
      await page.evaluate((relayUrl) => chrome.storage.local.set({ relayUrl }), signIn.relayUrl)
      await hearsRelay()
    },
    wakeWorker: async () => {
      await page.waitForFunction(isAwake, undefined, { polling: 20, timeout: LIMIT_MS })
      return findWorker(context)
    },
    keepEvents: async (user, events) => {
      await stopWorker(page)
      await page.evaluate(`${OWN_CODE}.keepEvents(${JSON.stringify(user)}, ${JSON.stringify(events)})`)
    },
  }
}

const readGrants = (page: Page) => page.evaluate<string>('chrome.permissions.getAll().then(JSON.stringify)')

/** A worker that was just starting when all were to stop goes on: it is stopped again. */
const STOP_AGAIN_MS = 500

/** Ends the worker as Chrome does when it pleases. Resolves when it is gone, or was. */
async function stopWorker(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const versions = new Map<string, boolean>()
  let isStopped = false
  const hasStopped = new Promise<void>((resolve) => {
    session.on('ServiceWorker.workerVersionUpdated', (update) => {
      for (const { versionId, runningStatus } of update.versions) versions.set(versionId, runningStatus === 'stopped')
      if (versions.size === 0 || ![...versions.values()].every(Boolean)) return
      isStopped = true
      resolve()
    })
  })
  await session.send('ServiceWorker.enable')
  while (!isStopped) {
    await session.send('ServiceWorker.stopAllWorkers')
    await Promise.race([hasStopped, after(STOP_AGAIN_MS)])
  }
  await session.detach()
}

/** Runs on the page. */
async function deleteDatabases(): Promise<void> {
  for (const { name = '' } of await indexedDB.databases()) {
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.deleteDatabase(name)
      request.onsuccess = () => resolve()
      request.onerror = () => reject(request.error)
    })
  }
}

/** Runs on the page. */
async function hasDatabases(): Promise<boolean> {
  return (await indexedDB.databases()).length > 0
}

/** Runs on the page: all that the extension has told Chrome. */
async function wipeSettings(): Promise<void> {
  await Promise.all([chrome.storage.local.clear(), chrome.storage.session.clear(), chrome.storage.sync.clear()])
  await chrome.alarms.clearAll()
  for (const id of Object.keys((await chrome.notifications?.getAll()) ?? {})) await chrome.notifications.clear(id)
  await chrome.action.setBadgeText({ text: '' })
  const scripts = await chrome.scripting.getRegisteredContentScripts()
  // What belongs to the grants stays, as they do; the worker would find it as it should be.
  const ids = scripts.flatMap(({ id }) => (id === 'page-link' ? [] : id))
  if (ids.length > 0) await chrome.scripting.unregisterContentScripts({ ids })
}

/** Runs on the page. Messages have the form that the extension's own have. */
async function ask({ type, data }: { readonly type: string; readonly data?: unknown }): Promise<unknown> {
  const answer: { readonly res?: unknown } = await chrome.runtime.sendMessage({
    id: 1,
    type,
    data,
    timestamp: Date.now(),
  })
  return answer.res
}

/** Runs on the page, as the following: wakes the worker and asks how things stand. */
async function isAwake(): Promise<boolean> {
  const question = { id: Date.now(), type: 'getStatus', timestamp: Date.now() }
  return (await chrome.runtime.sendMessage(question).catch(() => undefined)) !== undefined
}

async function isLive(): Promise<boolean> {
  const question = { id: Date.now(), type: 'getStatus', timestamp: Date.now() }
  const answer: { readonly res?: Status } | undefined = await chrome.runtime
    .sendMessage(question)
    .catch(() => undefined)
  return answer?.res?.connection.state === 'live'
}
