import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BUILD_FOLDER } from '../../support/browser/build.ts'

/** The floors' pages in the extension: the shortest that show a figure of the same stores. */
export const FLOOR_POPUP = 'floor-popup.html'
export const FLOOR_REPORTS = 'floor-reports.html'

/** Copies the build that ships into a folder and adds the floors' pages: only pages of the extension itself see its stores. */
export async function copyWithFloorPages(folder: string): Promise<void> {
  await cp(BUILD_FOLDER, folder, { recursive: true })
  const reading = await readFile(new URL('floor-reading.js', import.meta.url), 'utf8')
  for (const page of [FLOOR_POPUP, FLOOR_REPORTS]) {
    const script = page.replace('.html', '.js')
    await writeFile(join(folder, page), `<!doctype html><script src="${script}" defer></script><body></body>`)
    await writeFile(join(folder, script), reading + (await readFile(new URL(script, import.meta.url), 'utf8')))
  }
}
