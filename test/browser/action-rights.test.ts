import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '../platform/calls/call.ts'
import type { CardReader } from '../support/browser/card.ts'
import { eventually } from '../support/eventually.ts'
import { BEA, handleCalls, openToHandle } from './handle-calls.ts'
import { putAway } from './put-away.ts'
import { openScene, type Scene, signInByHand } from './scene.ts'

/** What a person may do, and on which of their phones. */

let scene: Scene
let page: Page
let card: CardReader

beforeEach(async () => {
  scene = await openScene()
  ;({ page, card } = await openToHandle(scene))
})
afterEach(() => scene?.close())

const { said, shows, offers, press, use, ring, talk, picture } = handleCalls(() => ({ scene, page, card }))

let going: Call | undefined

describe('what RingCentral does not allow', () => {
  it('is said once and not offered again until the next sign-in', async () => {
    going = await talk()
    const giveBack = scene.platform.misbehave.takePermission('CallControl', BEA)
    await press('Park')
    await eventually(async () =>
      expect(await said()).toMatch(/^Your RingCentral role does not allow this. Ask your administrator\./),
    )
    await offers('Hold', 'Mute', 'Transfer…', 'Record', 'Raise hand', 'Hang up')
    giveBack()
    await scene.browser.endWorker()
    await press('Hold')
    await shows('On hold')
    await offers('Resume', 'Transfer…', 'Raise hand', 'Hang up')
  })
})

describe('somebody with two phones', () => {
  it('is asked which one to answer on, and may do again what another person may not', async () => {
    going = await talk()
    scene.platform.misbehave.takePermission('CallControl', BEA)
    await press('Park')
    await eventually(async () => expect(await said()).toMatch(/^Your RingCentral role does not allow this\./))
    going.hangUp('caller')
    await shows('Ended')
    await putAway(card)
    const settings = await scene.browser.open('options.html')
    await settings.getByRole('button', { name: 'Sign out' }).click()
    await settings.getByRole('button', { name: 'Sign in' }).waitFor()
    await settings.close()
    await signInByHand(scene, 'Noor Haddad')
    await page.bringToFront()
    going = await ring({ to: '400103' })
    await use('Answer…')
    await eventually(async () => expect(await card.focused()).toBe('Answer on Desk phone'))
    await picture('phones')
    expect(await card.findBarriers()).toEqual([])
    await page.keyboard.press('Escape')
    await eventually(async () => expect(await card.focused()).toBe('Answer…'))
    await page.keyboard.press('Enter')
    await press('Answer on Softphone')
    await shows('Talking')
    await offers('Hold', 'Mute', 'Transfer…', 'Park', 'Record', 'Raise hand', 'Hang up')
  })
})
