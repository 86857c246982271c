import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { enterExtensionWorld } from '../extension-world.ts'
import type { RelayProcess } from '../relay-process.ts'
import { createRingingCall } from './calls.ts'
import type { Sighting, Stage } from './stage.ts'

/** The card on a page of the CRM, where the extension is signed in at the relay. */
export async function openCardStage(page: Page, url: string, { webhookUrl, headers }: RelayProcess): Promise<Stage> {
  await page.goto(url)
  const evaluate = await enterExtensionWorld(page)
  await evaluate(await readScript('sightings.js'))
  await evaluate(await readScript('watch-card.js'))
  return {
    name: 'the CRM page',
    webhookUrl,
    headers,
    createCall: () => {
      const { callerName, ringing, ended } = createRingingCall()
      return { key: callerName, ringing, ended }
    },
    sight: (key) => evaluate<Sighting>(`sightings.take(${JSON.stringify(key)})`),
    toFront: () => page.bringToFront(),
  }
}

function readScript(name: string): Promise<string> {
  return readFile(new URL(name, import.meta.url), 'utf8')
}
