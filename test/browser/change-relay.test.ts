import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Services, startServices } from '../demo/services.ts'
import { signIn } from '../support/browser/sign-in.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** A person who is signed in gives the address of another relay. */

const BEA = '400102'

let scene: Scene
let other: Services
let settings: Page

beforeEach(async () => {
  scene = await openScene()
  other = await startServices({ firstPort: 0, tidy: true })
  await signInAs(scene, 'Bea Lindqvist')
  const call = scene.platform.placeCall({ from: '+14085550123', to: BEA })
  call.answer()
  call.hangUp('caller')
  await call.settled()
  settings = await scene.browser.open('options.html')
})
afterEach(async () => {
  await scene?.close()
  await other?.close()
})

const hostOf = ({ relayUrl }: Services) => new URL(relayUrl).host
const revocations = () => scene.platform.requests().filter(({ path }) => path === '/restapi/oauth/revoke').length

async function saveOther(): Promise<void> {
  await settings.getByLabel('Invitation link or company address').fill(other.relayUrl)
  await settings.getByRole('button', { name: 'Connect' }).click()
  await settings.getByText(`If you change to ${hostOf(other)}, you are signed out at ${hostOf(scene)}`).waitFor()
}

it('they are asked before anything changes, and can stay where they are', async () => {
  await saveOther()
  await settings.getByRole('button', { name: `Stay at ${hostOf(scene)}` }).click()
  expect(await settings.getByLabel('Invitation link or company address').inputValue()).toBe(scene.relayUrl)
  const { card } = await scene.openCrm()
  scene.platform.placeCall({ from: '+12065550147', to: BEA })
  await expect.poll(async () => (await card.read())[0]?.state).toBe('Ringing')
  expect(revocations()).toBe(0)
})

it('they are signed out there, sign in here, and keep what they had', async () => {
  await saveOther()
  await settings.getByRole('button', { name: 'Change and sign out' }).click()
  await settings.getByText(`You are signed out at ${hostOf(scene)}.`).waitFor()
  await expect.poll(revocations).toBe(1)
  expect(await settings.getByLabel('Invitation link or company address').inputValue()).toBe(other.relayUrl)
  await signIn(scene.browser, settings, 'Bea Lindqvist')
  const { card } = await scene.openCrm()
  // What the relay of before still tells is nobody's here.
  scene.platform.placeCall({ from: '+442079460018', to: BEA })
  other.platform.placeCall({ from: '+12065550147', to: BEA })
  await expect
    .poll(async () => (await card.read()).map(({ name, state }) => [name, state]))
    .toContainEqual(['Grace Okonkwo', 'Ringing'])
  expect((await card.read()).filter(({ state }) => state === 'Ringing')).toHaveLength(1)
  const popup = await scene.openPopup()
  await popup.locator('details').filter({ hasText: 'Ada Winter' }).waitFor()
})

it('the same relay is only checked', async () => {
  await settings.getByRole('button', { name: 'Connect' }).click()
  await settings.getByText('Connected.', { exact: true }).waitFor()
  expect(revocations()).toBe(0)
})
