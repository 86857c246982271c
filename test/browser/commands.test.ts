import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CardReader } from '../support/browser/card.ts'
import { canOpenDisplay, openDisplay, type VirtualDisplay } from '../support/browser/display.ts'
import { eventually } from '../support/eventually.ts'
import { closeLentBrowsers } from './lent-browser.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** Keys that Chrome itself takes: they are pressed on a display, since nothing else reaches the browser's own window. */

const hasDisplay = canOpenDisplay()
if (!hasDisplay) console.warn('skipped: keys that Chrome takes need Xvfb and xdotool, which are not on this machine')

describe.runIf(hasDisplay)('a key of the browser', () => {
  let display: VirtualDisplay
  let scene: Scene
  let card: CardReader

  beforeAll(async () => {
    display = await openDisplay()
  })
  beforeEach(async () => {
    scene = await openScene({ isHeadless: false, display: display.name })
    await signInAs(scene, 'Bea Lindqvist')
    const crm = await scene.openCrm()
    card = crm.card
    await crm.page.bringToFront()
    scene.platform.placeCall({ from: '+14085550123', to: '400102' })
    await eventually(async () => expect(await card.read()).toHaveLength(1))
  })
  afterEach(() => scene?.close())
  afterAll(async () => {
    await closeLentBrowsers()
    await display?.close()
  })

  it('folds the card to a line, and unfolds it', async () => {
    expect(await card.texts('.name')).toHaveLength(1)
    display.press('alt+shift+f')
    await eventually(async () => expect(await card.texts('.name')).toEqual([]))
    display.press('alt+shift+f')
    await eventually(async () => expect(await card.texts('.name')).toHaveLength(1))
  })

  it('gives the card the keys, and Escape gives them back', async () => {
    // It is offered once the person's phones are known.
    await eventually(async () => expect(await card.texts('.slot.primary')).toEqual(['Answer']))
    expect(await card.focused()).toBeUndefined()
    display.press('alt+shift+k')
    await eventually(async () => expect(await card.focused()).toBe('Answer'))
    display.press('Escape')
    await eventually(async () => expect(await card.texts('.folded .state')).toEqual(['Ringing']))
    expect(await card.focused()).toBeUndefined()
    await card.click('.folded')
    await eventually(async () => expect(await card.texts('.name')).toHaveLength(1))
  })

  it('brings back the card that was hidden', async () => {
    await card.click('.hide')
    await eventually(async () => expect(await card.read()).toEqual([]))
    display.press('alt+shift+s')
    await eventually(async () => expect(await card.read()).toHaveLength(1))
  })

  it('is listed in the settings, with the way to change it', async () => {
    const settings = await scene.browser.open('options.html')
    const list = settings.getByRole('listitem')
    await expect.poll(() => list.filter({ hasText: 'Go to the card' }).textContent()).toContain('Alt+Shift+K')
    expect(await list.filter({ hasText: 'Fold or unfold the card' }).textContent()).toContain('Alt+Shift+F')
    expect(await list.filter({ hasText: 'Show the card you hid last' }).textContent()).toContain('Alt+Shift+S')
    const opened = scene.browser.context.waitForEvent('page')
    await settings.getByRole('button', { name: 'Change in Chrome' }).click()
    const page = await opened
    await page.waitForURL('chrome://extensions/shortcuts')
    await page.close()
    await settings.close()
  })
})
