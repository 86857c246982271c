import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { createRingingCall } from './calls.ts'
import type { Sighting, Stage } from './stage.ts'

const sightingsScript = fileURLToPath(new URL('sightings.js', import.meta.url))

/** The floor's page in a tab. It is posted the same events and shows their text. */
export async function openFloorStage(page: Page, url: string): Promise<Stage> {
  await page.addInitScript({ path: sightingsScript })
  await page.goto(url)
  const sight = (key: string) => page.evaluate<Sighting>(`sightings.take(${JSON.stringify(key)})`)
  await sight('connected')
  return {
    name: "the floor's page",
    webhookUrl: url,
    headers: {},
    createCall: () => {
      const { ringing } = createRingingCall()
      return { key: ringing, ringing, ended: '' }
    },
    sight,
    toFront: () => page.bringToFront(),
  }
}
