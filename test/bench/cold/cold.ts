import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startCrm } from '../../crm/crm.ts'
import { launchExtension } from '../../support/browser/extension.ts'
import { openAgentScene } from '../agent-scene.ts'
import type { Benchmark, Figure } from '../figures.ts'
import { writeFloorExtension } from '../floor-extension.ts'
import type { LoadAnswer, LoadRequest } from '../pop/load.ts'
import { startProgram } from '../program.ts'
import { withResources } from '../resources.ts'
import { inTurn, measureRounds } from '../rounds.ts'
import { measureColdStarts } from './cold-starts.ts'
import { openColdCardStage, openColdFloorStage } from './stages.ts'
import { openWorkerKiller } from './worker-killer.ts'

/**
 * The worker is ended while a CRM page is open, and a call rings while it is away: from the page losing it to the card being
 * painted. The floor is an extension whose worker does nothing but come back to its socket and hand on what it is sent.
 */
export const cold: Benchmark = {
  id: 'B2',
  usesBrowser: true,
  run: (signal) =>
    withResources(signal, async (own) => {
      const crm = own(await startCrm())
      const {
        executablePath,
        folder: workFolder,
        relay,
        browser,
      } = await openAgentScene(own, { grantedSites: ['http://localhost/*'] })
      const floorServer = own(
        startProgram<never, { readonly url: string }>(new URL('floor-server.ts', import.meta.url)),
      )
      const load = own(startProgram<LoadRequest, LoadAnswer>(new URL('../pop/load.ts', import.meta.url)))
      const { url: floorUrl } = await floorServer.ready
      await load.ready
      const url = `${crm.url.replace('127.0.0.1', 'localhost')}/contacts/ada-winter`

      const killer = await openWorkerKiller(browser)
      const card = await openColdCardStage(await browser.context.newPage(), url, relay, killer)

      const folder = join(workFolder, 'floor')
      await writeFloor(folder, floorUrl)
      const floorBrowser = own(await launchExtension({ executablePath, isHeadless: true, folder }))
      const floorKiller = await openWorkerKiller(floorBrowser)
      const floor = await openColdFloorStage(await floorBrowser.context.newPage(), url, floorUrl, floorKiller)

      const rounds = await measureRounds({
        name: 'B2',
        measure: (isFloorFirst) =>
          inTurn(
            isFloorFirst,
            () => measureColdStarts(floor, load),
            () => measureColdStarts(card, load),
          ),
        floorOf: (round) => round.floor.p50Ms,
        say: console.error,
      })
      return [
        {
          name: 'B2 worker ended to missed call painted, p50',
          unit: 'ms',
          ours: rounds.map(({ ours }) => ours.p50Ms),
          floor: rounds.map(({ floor: one }) => one.p50Ms),
          goal: { of: 'ratio', atMost: 1.3 },
        },
        {
          name: 'B2 worker ended to missed call painted, slowest',
          unit: 'ms',
          ours: rounds.map(({ ours }) => ours.slowestMs),
          floor: rounds.map(({ floor: one }) => one.slowestMs),
          goal: { of: 'ours', atMost: 1000, in: 'every round' },
        },
      ] satisfies readonly Figure[]
    }),
}

async function writeFloor(folder: string, serverUrl: string): Promise<void> {
  const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8')
  const [worker, content, sightings] = await Promise.all([
    read('floor-worker.js'),
    read('floor-content.js'),
    read('../pop/sightings.js'),
  ])
  await writeFloorExtension(folder, {
    worker: `const SERVER_URL = ${JSON.stringify(serverUrl)}\n${worker}`,
    content: `${sightings}\n${content}`,
  })
}
