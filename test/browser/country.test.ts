import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

let scene: Scene

beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene?.close())

const HERE = 'On this page'

describe('the country in which numbers are read', () => {
  it("is RingCentral's for the person, whatever Chrome speaks", async () => {
    scene.platform.misbehave.moveHome('400102', 'DE')
    await signInAs(scene, 'Bea Lindqvist')
    const { page, card } = await scene.openCrm()
    await page.evaluate(() => {
      document.body.innerHTML = '<p>Klara Sommer, 030 23125177</p>'
    })
    const call = scene.platform.placeCall({ from: '+493023125177', to: '400102' })
    await eventually(async () => expect(await card.texts('.facts .here')).toEqual([HERE]))
    expect((await card.read())[0]?.name).toBe('030 23125177')
    call.hangUp('caller')
  })

  it('is the one that the person chooses, at once and everywhere', async () => {
    await signInAs(scene, 'Bea Lindqvist')
    const { page, card } = await scene.openCrm()
    await page.evaluate(() => {
      document.body.innerHTML = '<p>Klara Sommer, 030 23125177</p>'
    })
    const call = scene.platform.placeCall({ from: '+493023125177', to: '400102' })
    await eventually(async () => expect((await card.read())[0]?.name).toBe('+49 30 23125177'))
    expect(await card.texts('.facts .here')).toEqual([])

    const settings = await scene.browser.open('options.html')
    const choice = settings.getByLabel('Numbers without a country code belong to')
    await choice
      .locator('option', { hasText: 'My country in RingCentral (United States)' })
      .waitFor({ state: 'attached' })
    await choice.selectOption({ label: 'Germany' })
    await settings.getByText('Saved. From now on, numbers are read as numbers of this country.').waitFor()
    await eventually(async () => expect(await card.texts('.facts .here')).toEqual([HERE]))
    expect((await card.read())[0]?.name).toBe('030 23125177')
    const popup = await scene.openPopup()
    await popup.getByText('030 23125177').first().waitFor()
    call.hangUp('caller')
  })
})
