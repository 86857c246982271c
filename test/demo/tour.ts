import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { personByExtensionId } from '../platform/people.ts'
import { type CardReader, createCardReader } from '../support/browser/card.ts'
import type { ExtensionBrowser } from '../support/browser/extension.ts'
import { animate, type Frame } from './animate.ts'
import type { Services } from './services.ts'

/** What somebody sees who takes a call on the card, in one picture that moves. */

const ADA = '+14085550123'
const BEA = personByExtensionId('400102').extensionId
/** CSS px. */
const SIZE = { width: 1040, height: 600 }
const LOOK_MS = 1600
const GLANCE_MS = 700
const LIMIT_MS = 60_000
const AGAIN_MS = 100
/** A click is not repeated while the last one may still be under way. */
const CLICK_AGAIN_MS = 600

/** Ada calls while Grace's record is open; her call is taken, noted, held and ended on the card. Says where the picture is. */
export async function playTour(
  { context }: ExtensionBrowser,
  { platform, crmUrl }: Services,
  folder: string,
  say: (line: string) => void,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  const page = await context.newPage()
  await page.setViewportSize(SIZE)
  await page.goto(`${crmUrl}/contacts/grace-okonkwo`)
  const card = await createCardReader(page)
  const frames: Frame[] = []
  await putAway(card)
  const look = async (lastsMs: number) => {
    frames.push({ png: await page.screenshot(), lastsMs })
  }

  // It is the last of the loop: whoever shows one picture only shows the first, and that has a card.
  const quiet: Frame = { png: await page.screenshot(), lastsMs: GLANCE_MS }
  platform.placeCall({ from: ADA, to: BEA })
  await until('a card with "Answer"', () => card.has('Answer'))
  await look(LOOK_MS)
  await press(card, 'Answer', 'Talking')
  await look(GLANCE_MS)
  await writeNote(page, card, look)
  await press(card, 'Hold', 'On hold')
  await look(LOOK_MS)
  await press(card, 'Resume', 'Talking')
  await look(GLANCE_MS)
  await press(card, 'Hang up', 'Ended')
  await look(LOOK_MS * 2)
  frames.push(quiet)
  await page.close()
  const path = join(folder, 'tour.png')
  await writeFile(path, animate(frames))
  say(`  ${path}`)
}

async function writeNote(page: Page, card: CardReader, look: (lastsMs: number) => Promise<void>): Promise<void> {
  await card.click('.note textarea')
  for (const words of ['wants twelve ', 'of the blue ones', ', before the holidays']) {
    await page.keyboard.type(words)
    await look(GLANCE_MS)
  }
  await page.locator('h1').first().click()
}

/** What is left of the calls before. */
async function putAway(card: CardReader): Promise<void> {
  await until('nothing', async () => {
    if ((await card.read()).length === 0) return true
    await card.click('.hide')
    return false
  })
}

/** A button that has just come into view takes no click yet. */
function press(card: CardReader, name: string, state: string): Promise<void> {
  const isThere = async () => (await card.read()).some((one) => one.state === state)
  const isDone = async () => {
    if (await isThere()) return true
    await card.press(name)
    return false
  }
  return until(`"${state}" after "${name}"`, isDone, CLICK_AGAIN_MS)
}

async function until(what: string, isDone: () => Promise<boolean>, againMs = AGAIN_MS): Promise<void> {
  const deadlineMs = Date.now() + LIMIT_MS
  while (!(await isDone())) {
    if (Date.now() > deadlineMs) throw new Error(`The card should show ${what} by now, but does not.`)
    await setTimeout(againMs)
  }
}
