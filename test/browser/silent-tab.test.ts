import type { Dialog, Page } from 'playwright-core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { signIn } from '../support/browser/sign-in.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** A tab that shows a dialog of its own answers nothing until somebody closes it. */

const BEA = '400102'

let scene: Scene
let silent: Page
let dialog: Dialog

beforeEach(async () => {
  scene = await openScene()
  const crm = await scene.openCrm('/contacts')
  silent = crm.page
})
afterEach(async () => {
  await dialog?.dismiss().catch(() => undefined)
  await scene?.close()
})

async function showDialog(): Promise<void> {
  const shown = silent.waitForEvent('dialog')
  void silent.evaluate(() => confirm('Leave this record?')).catch(() => undefined)
  dialog = await shown
}

it('lets people sign in, play the sample, see how things stand, write notes and sign out all the same', async () => {
  await signInAs(scene, 'Bea Lindqvist')
  const other = await scene.openCrm()
  await showDialog()
  const settings = await scene.browser.open('options.html')
  await settings.getByRole('button', { name: 'Sign out' }).click()
  await settings.getByText('Signed out.').waitFor()

  await signIn(scene.browser, settings, 'Bea Lindqvist')
  await expect.poll(() => settings.locator('.feedback[data-kind="pending"]').count()).toBe(0)
  const popup = await scene.openPopup()
  await popup.getByText('Live', { exact: true }).waitFor()

  const welcome = await scene.browser.open('welcome.html')
  await welcome.getByRole('button', { name: 'See a sample call' }).click()
  await welcome.getByText('It’s ringing in the lower right corner.').waitFor()

  const call = scene.platform.placeCall({ from: '+14085550123', to: BEA })
  call.answer()
  await popup.bringToFront()
  await popup.getByText('Talking').waitFor()
  await expect.poll(async () => (await other.card.read()).map(({ state }) => state)).toEqual(['Talking'])
  await other.page.bringToFront()
  await other.card.click('textarea')
  await other.page.keyboard.type('wants the blue one')
  await expect.poll(() => other.card.texts('.keeping')).toEqual(['Saved'])

  await settings.bringToFront()
  await settings.getByRole('button', { name: 'Sign out' }).click()
  await settings.getByText('Signed out.').waitFor()
})
