import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CardReader, createCardReader } from '../support/browser/card.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** Pages that Chrome puts aside whole and brings back at "back": drivers of browsers switch that off, people have it. */

const BEA = '400102'
const ADA = '/contacts/ada-winter'
const THIS_PAGE = 'On this page'

let scene: Scene
let page: Page
let card: CardReader

beforeEach(async () => {
  scene = await openScene({ ignoreDefaultArgs: ['--disable-back-forward-cache'] })
  await signInAs(scene, 'Bea Lindqvist')
  const crm = await scene.openCrm(ADA)
  page = crm.page
  card = crm.card
})
afterEach(() => scene?.close())

/** Goes to the list and back; the document is the one that was there before. */
async function goAndComeBack(): Promise<void> {
  await page.evaluate(() => {
    Object.assign(window, { wasHere: true })
  })
  await page.goto(`${scene.crmUrl}/contacts`)
  await page.evaluate(() => history.back())
  await expect.poll(() => page.evaluate(() => 'wasHere' in window && location.pathname).catch(() => false)).toBe(ADA)
  card = await createCardReader(page)
}

const states = async () => (await card.read()).map(({ state }) => state)

describe('a page that comes back at "back"', () => {
  it('gets the card of a call that rings then, without being loaded again', async () => {
    await goAndComeBack()
    scene.platform.placeCall({ from: '+14085550123', to: BEA })
    await expect.poll(states).toEqual(['Ringing'])
    await expect.poll(() => card.texts('.facts .here')).toEqual([THIS_PAGE])
    expect(await page.evaluate(() => 'wasHere' in window)).toBe(true)
  })

  it('shows the call that is going on as it is by then, and is read as the page that it is', async () => {
    const call = scene.platform.placeCall({ from: '+14085550123', to: BEA })
    await expect.poll(() => card.texts('.facts .here')).toEqual([THIS_PAGE])
    await goAndComeBack()
    await expect.poll(() => card.texts('.facts .here')).toEqual([THIS_PAGE])
    call.answer()
    await expect.poll(states).toEqual(['Talking'])
    await card.click('textarea')
    await page.keyboard.type('asks for an offer')
    await expect.poll(() => card.texts('.keeping')).toEqual(['Saved'])
    call.hangUp('caller')
    await expect.poll(states).toEqual(['Ended'])
  })

  it('lies aside without a word in what is read: the page before the person is, once', async () => {
    const worker = await scene.browser.worker()
    await worker.evaluate(() => {
      const counted = { readers: 0 }
      Object.assign(globalThis, { counted })
      chrome.runtime.onConnect.addListener(({ name }) => {
        if (name === 'numbers') counted.readers += 1
      })
    })
    const countReaders = () =>
      worker.evaluate(() => (globalThis as unknown as { counted: { readers: number } }).counted.readers)
    scene.platform.placeCall({ from: '+12065550147', to: BEA })
    await expect.poll(states).toEqual(['Ringing'])
    await goAndComeBack()
    await expect.poll(states).toEqual(['Ringing'])
    await page.goto(`${scene.crmUrl}/contacts/grace-okonkwo`)
    await expect.poll(() => card.texts('.facts .here')).toEqual([THIS_PAGE])
    const before = await countReaders()
    // Each time the cards are drawn again on all pages that the worker knows.
    for (const _ of [1, 2, 3]) {
      await card.click('.fold')
      await expect.poll(() => card.texts('.name')).toEqual([])
      await card.click('.folded')
      await expect.poll(() => card.texts('.facts .here')).toEqual([THIS_PAGE])
    }
    expect(await countReaders()).toBe(before)
  })

  it('that was told to rest hears of whoever has signed in meanwhile', async () => {
    const settings = await scene.browser.open('options.html')
    await settings.getByRole('button', { name: 'Sign out' }).click()
    await settings.getByText('Signed out.').waitFor()
    await page.evaluate(() => {
      Object.assign(window, { wasHere: true })
    })
    await page.goto(`${scene.crmUrl}/contacts`)
    await settings.close()
    await signInAs(scene, 'Bea Lindqvist')
    await page.evaluate(() => history.back())
    await expect.poll(() => page.evaluate(() => 'wasHere' in window).catch(() => false)).toBe(true)
    card = await createCardReader(page)
    scene.platform.placeCall({ from: '+14085550123', to: BEA })
    await expect.poll(states).toEqual(['Ringing'])
  })
})
