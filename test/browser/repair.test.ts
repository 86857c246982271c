import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

let scene: Scene

beforeEach(async () => {
  scene = await openScene()
  await signInAs(scene, 'Bea Lindqvist')
})
afterEach(() => scene?.close())

describe('a call whose end was never delivered', () => {
  it('is asked about and ends, its times marked as estimates', async () => {
    const { page, card } = await scene.openCrm()
    const state = async () => (await card.read())[0]?.state
    const { platform } = scene
    const call = platform.placeCall({ from: '+14085550123', to: '400102' })
    await eventually(async () => expect(await state()).toBe('Ringing'))

    const deliverAnswer = platform.misbehave.dropDeliveries()
    call.answer()
    await call.settled()
    deliverAnswer()
    call.hold()
    await eventually(async () => expect(await state()).toBe('On hold'))

    platform.misbehave.dropDeliveries()
    call.hangUp('agent')
    await call.settled()
    // The gap that the lost answer left is noticed, and RingCentral no longer knows the call.
    await eventually(async () => expect(await state()).toBe('Ended'))

    const popup = await scene.openPopup()
    await popup.locator('details.call > summary').first().click()
    await popup.getByText('An estimate, because events were missed.').waitFor()
    await popup.close()
    await page.close()
  })
})
