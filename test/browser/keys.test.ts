import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { startHostileSite } from '../hostile/site.ts'
import type { Listening } from '../platform/listen.ts'
import { type CardReader, createCardReader } from '../support/browser/card.ts'
import { eventually } from '../support/eventually.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** Typing in the card, on a page that listens to every key from its first script on and has shortcuts of its own. */

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

beforeAll(async () => {
  site = await startHostileSite()
})
afterAll(() => site?.close())
beforeEach(async () => {
  scene = await openScene()
  await signInAs(scene, 'Bea Lindqvist')
  page = await scene.browser.context.newPage()
  await page.goto(`${site.url}/record`)
  card = await createCardReader(page)
  scene.platform.placeCall({ from: '+14085550123', to: '400102' }).answer()
  await shows('Talking')
})
afterEach(() => scene?.close())

const shows = (state: string) => eventually(async () => expect((await card.read())[0]?.state).toBe(state))
const noted = (text: string) => eventually(async () => expect(await card.property('textarea', 'value')).toBe(text))
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
  await eventually(async () => expect(await crm.card.property('textarea', 'value')).toBe(NOTE))
  await crm.page.close()
})

it('is not offered on a page that has written itself anew, and could read along', async () => {
  await page.evaluate(() => window.tricks.writeAnew?.())
  await eventually(async () =>
    expect(await card.texts('.note .quiet')).toContain('Reload this page to write notes here.'),
  )
  expect(await card.texts('textarea')).toEqual([])
  await page.reload()
  await eventually(async () => expect(await card.texts('textarea')).toHaveLength(1))
})
