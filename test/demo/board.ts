import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { SUPERVISOR } from '../platform/people.ts'
import { BUILD_FOLDER } from '../support/browser/build.ts'
import { type ExtensionBrowser, launchExtension } from '../support/browser/extension.ts'
import { prepare } from './prepare.ts'
import type { Services } from './services.ts'

const BOARD = 'board.html'

/** Whether the build has a board to show. */
export function hasBoard(buildFolder = BUILD_FOLDER): boolean {
  return existsSync(join(buildFolder, BOARD))
}

/**
 * The supervisor's own browser, with the board in it: an extension has one user, so whoever watches the account can't be in the
 * browser of whom they watch.
 */
export async function openBoard(
  services: Services,
  options: { readonly executablePath: string; readonly isHeadless: boolean; readonly isShown: boolean },
): Promise<{ readonly browser: ExtensionBrowser; readonly page: Page }> {
  const browser = await launchExtension(options)
  try {
    await prepare(browser, services, SUPERVISOR.name)
    return { browser, page: await browser.open(BOARD) }
  } catch (error) {
    await browser.close()
    throw error
  }
}
