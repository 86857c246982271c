import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'
import { type Services, startServices } from '../demo/services.ts'
import { extensionArgs, launchExtension } from '../support/browser/extension.ts'
import { findDescendants } from '../support/browser/processes.ts'
import { saveRelay, signIn } from '../support/browser/sign-in.ts'
import { restampStream } from '../support/restamp.ts'

/**
 * While a debugger looks on, Chrome never ends a worker as it does for people. Here nobody looks on: the person signs in, the
 * browser starts again by itself, and the process of the worker is ended from outside. What became of it the relay tells.
 */

const WAIT = { timeout: 60_000, interval: 5 }

let services: Services
let profile: string

beforeAll(async () => {
  services = await startServices({ firstPort: 0, tidy: true })
  profile = await mkdtemp(join(tmpdir(), 'ringside-profile-'))
})
afterAll(async () => {
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
async function countClients(): Promise<number> {
  const response = await fetch(`${services.relayUrl}/metrics`)
  return Number(/^ringside_clients (\d+)$/m.exec(await response.text())?.[1])
}

const clientsAre = (count: number) => vi.waitFor(async () => expect(await countClients()).toBe(count), WAIT)

/** Chromium as a person starts it, with the CRM before them and no way in for a debugger. */
function startAlone(): ChildProcess {
  return spawn(
    inject('chromium'),
    [
      '--headless=new',
      `--user-data-dir=${profile}`,
      ...extensionArgs(),
      '--password-store=basic',
      '--no-default-browser-check',
      `${services.crmUrl}/contacts`,
    ],
    { stdio: 'ignore' },
  )
}

async function end(browser: ChildProcess): Promise<void> {
  const hasEnded = once(browser, 'exit')
  browser.kill('SIGTERM')
  await hasEnded
}

it('comes back by itself each time its process is ended, and has exact figures', async () => {
  const first = await launch(false)
  const settings = await first.open('options.html')
  await saveRelay(settings, services.relayUrl)
  await signIn(first, settings, 'Bea Lindqvist')
  await clientsAre(1)
  await first.close()
  await clientsAre(0)

  const events = restampStream('pstn-to-user', Date.now() - 30_000)
  const browser = startAlone()
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

  const last = await launch(true)
  const popup = await last.open('popup.html')
  const times = popup.locator('details .times > span')
  await vi.waitFor(
    async () => expect(await times.allTextContents()).toEqual(['Ring 0:07', 'Talk 0:12', 'Hold 0:02']),
    WAIT,
  )
  await last.close()
})
