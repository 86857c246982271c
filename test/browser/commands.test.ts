import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { CardReader } from '../support/browser/card.ts'
import { canOpenDisplay, openDisplay, type VirtualDisplay } from '../support/browser/display.ts'
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
    scene = await openScene({ isHeadless: false, display: display.name })
    await signInAs(scene, 'Bea Lindqvist')
    const crm = await scene.openCrm()
    card = crm.card
    await crm.page.bringToFront()
    scene.platform.placeCall({ from: '+14085550123', to: '400102' })
    await vi.waitFor(async () => expect(await card.read()).toHaveLength(1), 10_000)
  })
  afterAll(async () => {
    await scene?.close()
    await display?.close()
  })

  it('folds the card to a line, and unfolds it', async () => {
    expect(await card.texts('.name')).toHaveLength(1)
    display.press('alt+shift+f')
    await vi.waitFor(async () => expect(await card.texts('.name')).toEqual([]), 10_000)
    display.press('alt+shift+f')
    await vi.waitFor(async () => expect(await card.texts('.name')).toHaveLength(1), 10_000)
  })

  it('gives the card the keys, and Escape gives them back', async () => {
    expect(await card.focused()).toBeUndefined()
    display.press('alt+shift+k')
    await vi.waitFor(async () => expect(await card.focused()).toBe('Answer'), 10_000)
    display.press('Escape')
    await vi.waitFor(async () => expect(await card.texts('.folded .state')).toEqual(['Ringing']), 10_000)
    expect(await card.focused()).toBeUndefined()
    await card.click('.folded')
    await vi.waitFor(async () => expect(await card.texts('.name')).toHaveLength(1), 10_000)
  })

  it('brings back the card that was hidden', async () => {
    await card.click('.hide')
    await vi.waitFor(async () => expect(await card.read()).toEqual([]), 10_000)
    display.press('alt+shift+s')
    await vi.waitFor(async () => expect(await card.read()).toHaveLength(1), 10_000)
  })

  it('is listed in the settings, with the way to change it', async () => {
    const settings = await scene.browser.open('options.html')
    const list = settings.getByRole('listitem')
    await expect.poll(() => list.filter({ hasText: 'Go to the card' }).textContent()).toContain('Alt+Shift+K')
    expect(await list.filter({ hasText: 'Fold the card, or unfold it' }).textContent()).toContain('Alt+Shift+F')
    expect(await list.filter({ hasText: 'Show the card that was hidden last' }).textContent()).toContain('Alt+Shift+S')
    const opened = scene.browser.context.waitForEvent('page')
    await settings.getByRole('button', { name: 'Change in Chrome' }).click()
    const page = await opened
    await page.waitForURL('chrome://extensions/shortcuts')
    await page.close()
    await settings.close()
  })
})
