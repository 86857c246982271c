import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findBarriersInBoth } from '../support/browser/axe.ts'
import { takePicture } from '../support/browser/picture.ts'
import { eventually } from '../support/eventually.ts'
import { restampStream } from '../support/restamp.ts'
import { step } from '../support/step.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** Every page of the extension: nothing that keeps anybody from using it, and nothing cut off. */

let scene: Scene

beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene?.close())

async function expectGood(page: Page): Promise<void> {
  expect(await findBarriersInBoth(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
}

describe('nobody finds a barrier', () => {
  it('in the popup before signing in', async () => {
    const popup = await scene.openPopup()
    await popup.getByRole('button', { name: 'Set up Ringside' }).waitFor()
    await expectGood(popup)
    await popup.close()
  })
})

describe('nobody finds a barrier, signed in', () => {
  beforeEach(() => signInAs(scene, 'Bea Lindqvist'))

  it('in the popup with a live call, totals and an opened row', async () => {
    for (const { envelope } of restampStream('pstn-to-user', Date.now() - 60_000))
      await scene.platform.deliver(envelope)
    scene.platform.placeCall({ from: '+442079460018', to: '400102' })
    const popup = await scene.openPopup()
    await popup.getByText('Ringing').waitFor()
    await popup.locator('details.call > summary').click()
    await popup.getByText('Why?').click()
    await popup.locator('.evidence-lines').waitFor()
    await expectGood(popup)
    await popup.close()
  })

  it('on the card: ringing, talking, on hold and ended', async () => {
    const { page, card } = await scene.openCrm()
    const call = scene.platform.placeCall({ from: '+14085550123', to: '400102' })
    const steps = [
      ['Ringing', () => undefined],
      ['Talking', () => call.answer()],
      ['On hold', () => call.hold()],
      ['Ended', () => call.hangUp('agent')],
    ] as const
    for (const [state, step] of steps) {
      step()
      await eventually(async () => expect((await card.read()).map((one) => one.state)).toContain(state))
      expect(await card.findBarriers()).toEqual([])
    }
    await page.close()
  })

  it('in the settings, wide or narrow', async () => {
    const settings = await scene.browser.open('options.html')
    await settings.getByText('Signed in as Bea Lindqvist').waitFor()
    for (const width of [1000, 360]) {
      await settings.setViewportSize({ width, height: 800 })
      await step(`${width} pixels wide`, () => expectGood(settings))
    }
    await settings.close()
  })
})

describe('in German', () => {
  it('every word is German, and numbers are written as Germans do', async () => {
    const german = await openScene({ language: 'de' })
    try {
      const settings = await german.browser.open('options.html')
      await settings.getByLabel('Einladungslink oder Adresse der Firma').fill(german.relayUrl)
      await settings.getByRole('button', { name: 'Verbinden' }).click()
      await settings.getByText('Verbunden.', { exact: true }).waitFor()
      const window = german.browser.context.waitForEvent('page')
      await settings.getByRole('button', { name: 'Anmelden' }).click()
      await (await window).getByRole('button', { name: 'Bea Lindqvist' }).click()
      await settings.getByText('Angemeldet als Bea Lindqvist').waitFor()
      for (const { envelope } of restampStream('pstn-to-user', Date.now())) await german.platform.deliver(envelope)
      const popup = await german.openPopup()
      await popup.locator('details.call > summary').click()
      await popup.getByText('Warum?').click()
      await popup.getByText('7,345 s').waitFor()
      await expectGood(popup)
      await takePicture(popup, 'popup-german', { fullPage: true })

      const { page, card } = await german.openCrm()
      const call = german.platform.placeCall({ from: '+442079460018', to: '400102' })
      const shows = (state: string) => eventually(async () => expect((await card.read())[0]?.state).toBe(state))
      await shows('Klingelt')
      expect((await card.read())[0]).toMatchObject({ name: 'Priya Natarajan', via: 'Eingehender Anruf' })
      expect((await card.texts('.region'))[0]).toBe('Vereinigtes Königreich')
      await takePicture(page, 'card-german-ringing')
      call.answer()
      await shows('Im Gespräch')
      await takePicture(page, 'card-german-talking')
      expect(await card.findBarriers()).toEqual([])
      call.hangUp('agent')
      await shows('Beendet')
      await takePicture(page, 'card-german-over')
    } finally {
      await german.close()
    }
  })
})
