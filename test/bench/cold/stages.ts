import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { enterExtensionWorld } from '../extension-world.ts'
import { createRingingCall } from '../pop/calls.ts'
import { openCardStage } from '../pop/card-stage.ts'
import type { Sighting } from '../pop/stage.ts'
import type { RelayProcess } from '../relay-process.ts'
import type { ColdStage } from './cold-starts.ts'

/** The card on a page of the CRM. */
export async function openColdCardStage(
  page: Page,
  url: string,
  relay: RelayProcess,
  killWorker: () => Promise<void>,
): Promise<ColdStage> {
  const stage = await openCardStage(page, url, relay)
  return { ...stage, endWorker: await watchWorker(page, killWorker) }
}

/** The floor's text on the same page, with the floor's extension in the browser. */
export async function openColdFloorStage(
  page: Page,
  url: string,
  serverUrl: string,
  killWorker: () => Promise<void>,
): Promise<ColdStage> {
  await page.goto(url)
  const evaluate = await enterExtensionWorld(page)
  return {
    name: "the floor's page",
    webhookUrl: serverUrl,
    headers: {},
    createCall: () => {
      const { ringing } = createRingingCall()
      return { key: ringing, ringing, ended: '' }
    },
    sight: (key) => evaluate<Sighting>(`sightings.take(${JSON.stringify(key)})`),
    toFront: () => page.bringToFront(),
    endWorker: await watchWorker(page, killWorker),
  }
}

async function watchWorker(page: Page, killWorker: () => Promise<void>): Promise<() => Promise<number>> {
  const evaluate = await enterExtensionWorld(page)
  await evaluate(await readFile(new URL('watch-worker.js', import.meta.url), 'utf8'))
  return async () => {
    await evaluate('watchWorker()')
    await killWorker()
    return evaluate<number>('workerEnded')
  }
}
