import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

let scene: Scene

beforeEach(async () => {
  scene = await openScene()
  await signInAs(scene, 'Bea Lindqvist')
})
afterEach(() => scene?.close())

describe('the phone page', () => {
  it('places a call by hand, and the card follows each step', async () => {
    const { card } = await scene.openCrm()
    const phone = await scene.browser.context.newPage()
    await phone.goto(`${scene.platform.url}/phone`)
    const shows = (state: string) => eventually(async () => expect((await card.read())[0]?.state).toBe(state))
    await phone.getByRole('combobox', { name: 'Caller' }).selectOption({ label: 'Grace Okonkwo · +12065550147' })
    await phone.getByRole('combobox', { name: 'Called agent' }).selectOption({ label: 'Bea Lindqvist · Ext. 102' })
    const steps = [
      ['Ring', 'Ringing'],
      ['Answer', 'Talking'],
      ['Hold', 'On hold'],
      ['Resume', 'Talking'],
      ['Hang up as agent', 'Ended'],
    ] as const
    for (const [button, state] of steps) {
      await phone.getByRole('button', { name: button, exact: true }).click()
      await shows(state)
    }
    expect((await card.read())[0]?.name).toBe('Grace Okonkwo')
  })

  it('plays a scenario faster, with its figures', async () => {
    const { page, card } = await scene.openCrm()
    const phone = await scene.browser.context.newPage()
    await phone.goto(`${scene.platform.url}/phone`)
    await phone.locator('[data-scenario="user-to-user"]').getByRole('button', { name: '10× faster' }).click()
    await eventually(async () => expect((await card.read())[0]).toMatchObject({ state: 'Ended', name: 'Sam Okafor' }))
    expect((await card.read())[0]?.figures).toMatchObject({ Ring: '0:06', Talk: '0:13' })
    await page.close()
  })
})
