import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { startCrm } from '../../crm/crm.ts'
import { BUILD_FOLDER } from '../../support/browser/build.ts'
import { launchExtension } from '../../support/browser/extension.ts'
import { openAgentScene } from '../agent-scene.ts'
import type { Benchmark, Figure } from '../figures.ts'
import { writeFloorExtension } from '../floor-extension.ts'
import { withResources } from '../resources.ts'
import { inTurn, measureRounds } from '../rounds.ts'
import { listInjected } from './injected.ts'
import { openVisitor } from './visits.ts'

/**
 * What a CRM page pays for before any call comes: the bytes that are brought into it, and how much later it has loaded and how
 * much more memory it has than with an extension whose content script is empty. And the bytes of the worker.
 */
export const bytes: Benchmark = {
  id: 'B9',
  usesBrowser: true,
  run: (signal) =>
    withResources(signal, async (own) => {
      const crm = own(await startCrm())
      const {
        executablePath,
        folder: workFolder,
        browser,
      } = await openAgentScene(own, { grantedSites: ['http://localhost/*'] })
      const url = `${crm.url.replace('127.0.0.1', 'localhost')}/contacts/ada-winter`

      const folder = join(workFolder, 'floor')
      await writeFloorExtension(folder, { worker: EMPTY, content: EMPTY })
      const floorBrowser = own(await launchExtension({ executablePath, isHeadless: true, folder }))

      const [injected, worker] = await Promise.all([
        listInjected(await browser.context.newPage(), url).then((files) => sumGzipKB(BUILD_FOLDER, files)),
        sumGzipKB(BUILD_FOLDER, ['background.js']),
      ])
      const emptyKB = await sumGzipKB(folder, ['content.js'])
      const ours = await openVisitor(await browser.context.newPage(), url)
      const floor = await openVisitor(await floorBrowser.context.newPage(), url)
      const rounds = await measureRounds({
        name: 'B9',
        measure: (isFloorFirst) => inTurn(isFloorFirst, floor, ours),
        floorOf: (round) => round.floor.loadMs,
        say: console.error,
      })
      return [
        {
          name: 'B9 gzip brought into a page before a call',
          unit: 'kB',
          ours: [injected],
          floor: [emptyKB],
          goal: { of: 'ours', atMost: 12, in: 'median' },
        },
        {
          name: 'B9 gzip of the worker',
          unit: 'kB',
          ours: [worker],
          floor: [emptyKB],
          goal: { of: 'ours', atMost: 60, in: 'median' },
        },
        {
          name: 'B9 page loaded, p50',
          unit: 'ms',
          ours: rounds.map((round) => round.ours.loadMs),
          floor: rounds.map((round) => round.floor.loadMs),
          goal: { of: 'difference', atMost: 5 },
        },
        {
          name: 'B9 heap of the page',
          unit: 'kB',
          ours: rounds.map((round) => round.ours.heapKB),
          floor: rounds.map((round) => round.floor.heapKB),
          goal: { of: 'difference', atMost: 1000 },
        },
      ] satisfies readonly Figure[]
    }),
}

/** Not quite nothing: Chrome warns of an empty file. */
const EMPTY = ';\n'

async function sumGzipKB(folder: string, files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(files.map(async (file) => gzipSync(await readFile(join(folder, file))).length))
  return sizes.reduce((sum, size) => sum + size, 0) / 1000
}
