import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { startHostileSite } from '../hostile/site.ts'
import type { Call } from '../platform/calls/call.ts'
import type { Listening } from '../platform/listen.ts'
import { type CardReader, createCardReader } from '../support/browser/card.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** Typing in the card, on a page that listens to every key from its first script on and has shortcuts of its own. */

const WAIT = { timeout: 20_000, interval: 50 }
const NOTE = 'wants the blue one'

interface PageWindow {
  tricks: Record<string, () => void>
  findLeaks(words: readonly string[]): Promise<readonly string[]>
  spied: { readonly keysHeard: readonly string[]; readonly shortcuts: readonly string[] }
}
declare const window: PageWindow

let scene: Scene
let site: Listening
let page: Page
let card: CardReader
let call: Call

beforeAll(async () => {
  scene = await openScene()
  site = await startHostileSite()
  await signInAs(scene, 'Bea Lindqvist')
})
afterAll(async () => {
  await scene?.close()
  await site?.close()
})
beforeEach(async () => {
  page = await scene.browser.context.newPage()
  await page.goto(`${site.url}/record`)
  card = await createCardReader(page)
  call = scene.platform.placeCall({ from: '+14085550123', to: '400102' })
  call.answer()
  await shows('Talking')
})
afterEach(async () => {
  call.hangUp('caller')
  await shows('Ended')
  await card.click('.hide')
  await vi.waitFor(async () => expect(await card.read()).toEqual([]), WAIT)
  await page.close()
})

const shows = (state: string) => vi.waitFor(async () => expect((await card.read())[0]?.state).toBe(state), WAIT)
const noted = (text: string) =>
  vi.waitFor(async () => expect(await card.property('textarea', 'value')).toBe(text), WAIT)
const heard = () => page.evaluate(() => [...window.spied.keysHeard, ...window.spied.shortcuts])

it('stays in the card, whatever way the text comes, and sets off no shortcut of the page', async () => {
  await card.click('textarea')
  await page.keyboard.type(NOTE)
  await noted(NOTE)
  for (const key of ['Control+A', 'Control+C', 'End', 'Enter', 'Control+V', 'Backspace']) await page.keyboard.press(key)
  await noted(`${NOTE}\n${NOTE.slice(0, -1)}`)
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Control+X')
  await noted('')
  // As an input method writes.
  const session = await page.context().newCDPSession(page)
  await session.send('Input.imeSetComposition', { text: 'ブルー', selectionStart: 3, selectionEnd: 3 })
  await session.send('Input.insertText', { text: 'ブルー' })
  await noted('ブルー')
  expect(await heard()).toEqual([])
  expect(await page.evaluate(() => window.findLeaks(['wants', 'blue', 'ブ']))).toEqual([])
  // The page has ears for what is its own.
  await page.locator('#search').focus()
  await page.keyboard.type('a')
  expect(await heard()).toContain('keydown')
  expect(await page.locator('#search').inputValue()).toBe('a')
  await page.locator('h1').click()
  await page.keyboard.press('w')
  expect(await page.evaluate(() => window.spied.shortcuts)).toEqual(['w'])
})

it('is kept while it is typed, and is on another page', async () => {
  await card.click('textarea')
  await page.keyboard.type(NOTE)
  const crm = await scene.openCrm()
  await vi.waitFor(async () => expect(await crm.card.property('textarea', 'value')).toBe(NOTE), WAIT)
  await crm.page.close()
})

it('is not offered on a page that has written itself anew, and could read along', async () => {
  await page.evaluate(() => window.tricks.writeAnew?.())
  await vi.waitFor(
    async () => expect(await card.texts('.note .quiet')).toContain('Reload this page to write notes here.'),
    WAIT,
  )
  expect(await card.texts('textarea')).toEqual([])
  await page.reload()
  await vi.waitFor(async () => expect(await card.texts('textarea')).toHaveLength(1), WAIT)
})
