import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { type CardReader, createCardReader } from '../support/browser/card.ts'
import type { ExtensionBrowser } from '../support/browser/extension.ts'
import type { Services } from './services.ts'

/** What the card shows at the moments to take a picture of: a state, and a time that makes the picture a fair one. */
const MOMENTS = [
  { name: 'ringing', state: 'Ringing', fromTime: '0:03' },
  { name: 'talking', state: 'Talking', fromTime: '0:02' },
  { name: 'on-hold', state: 'On hold', fromTime: '0:01' },
  { name: 'ended', state: 'Ended', fromTime: undefined },
] as const

const TIME_LIMIT_MS = 60_000

/**
 * The demo where nobody can watch: a recorded call is replayed as it was, and pictures are taken of the card and the popup.
 * Numbered, in `folder`. Says where they are, and what the popup says of the call.
 */
export async function playScene(
  browser: ExtensionBrowser,
  { platform, crmUrl }: Services,
  folder: string,
  say: (line: string) => void,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  const crm = await browser.context.newPage()
  await crm.goto(`${crmUrl}/contacts/ada-winter`)
  const card = await createCardReader(crm)
  say('Replaying a recorded call, which takes half a minute …')
  const replay = platform.replay('pstn-to-user')
  for (const [index, moment] of MOMENTS.entries()) {
    await reach(crm, card, moment)
    await takePicture(crm, join(folder, `${index + 1}-card-${moment.name}.png`), say)
  }
  await replay
  const popup = await browser.open('popup.html')
  await popup.setViewportSize({ width: 380, height: 600 })
  // Who is to be called back may come first.
  await popup
    .locator('details.call', { hasText: 'Ada Winter' })
    .filter({ hasText: /(?<!\d)0:12/ })
    .first()
    .click()
  await popup.getByText('Why?').click()
  await popup.locator('.evidence-lines').waitFor()
  // As high as its content, as the toolbar's window is.
  const height = Math.ceil((await popup.locator('#root').boundingBox())?.height ?? 600)
  await popup.setViewportSize({ width: 380, height })
  await takePicture(popup, join(folder, `${MOMENTS.length + 1}-popup.png`), say)
  const lines = await popup.locator('.evidence-lines > div').allInnerTexts()
  say('\nThe popup says of the call:')
  for (const line of lines) say(`  ${line.replaceAll('\n', '  ')}`)
  await popup.close()
}

/** The board as it stands, after the pictures of the scene. */
export async function takeBoardPicture(board: Page, folder: string, say: (line: string) => void): Promise<void> {
  await takePicture(board, join(folder, `${MOMENTS.length + 2}-board.png`), say)
}

async function reach(page: Page, card: CardReader, moment: (typeof MOMENTS)[number]): Promise<void> {
  const deadlineMs = Date.now() + TIME_LIMIT_MS
  for (;;) {
    const [first] = await card.read()
    const isThere =
      first?.state === moment.state && (moment.fromTime === undefined || (first.time ?? '') >= moment.fromTime)
    if (isThere) return
    if (Date.now() > deadlineMs)
      throw new Error(`The card should show "${moment.state}" by now, but shows ${first?.state}.`)
    await page.waitForTimeout(100)
  }
}

async function takePicture(page: Page, path: string, say: (line: string) => void): Promise<void> {
  await page.screenshot({ path })
  say(`  ${path}`)
}
