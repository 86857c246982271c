import type { Page } from 'playwright-core'
import { afterEach, expect, it } from 'vitest'
import { expectGood } from './good-page.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** The page that tells what RingCentral lets a person do, from the relay's answer to what is read. */

let scene: Scene
afterEach(() => scene?.close())

async function openDiagnostics(): Promise<Page> {
  const settings = await scene.browser.open('options.html')
  await settings.locator('a[href="/diagnostics.html"]').click()
  await settings.locator('h1').waitFor()
  return settings
}

const titles = (page: Page) => page.locator('.capability h3').allInnerTexts()
const item = (page: Page, title: string) =>
  page.locator('.capability').filter({ has: page.getByRole('heading', { name: title, exact: true }) })

it('tells who watches others what works, what is refused in RingCentral’s words, and what was not tried', async () => {
  scene = await openScene()
  scene.platform.misbehave.takeFeature('CallSupervision', 'AccountLimitation')
  await signInAs(scene, 'Ines Moreau')
  const page = await openDiagnostics()
  const listen = item(page, 'Listening in with a phone')
  await listen.getByText('Refused', { exact: true }).waitFor()
  await listen.getByText('RingCentral says: AccountLimitation').waitFor()
  await listen.getByText('CallMonitoring').waitFor()
  await item(page, 'Reading your rights').getByText('Works', { exact: true }).waitFor()
  await item(page, 'Controlling your calls').getByText('Not tried yet').waitFor()
  await item(page, 'Connection').getByText('Live', { exact: true }).waitFor()
  // The first question has the relay read the directory.
  await item(page, 'Reading queue settings').getByText('Works', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Copy for support' }).click()
  await page.getByText('Copied.').waitFor()
  await expectGood(page, 'diagnostics-supervisor')
})

it('shows an agent nothing of watching others, and says so when the relay is away', async () => {
  scene = await openScene()
  await signInAs(scene, 'Bea Lindqvist')
  const page = await openDiagnostics()
  await item(page, 'Reading your rights').getByText('Works', { exact: true }).waitFor()
  expect(await titles(page)).toEqual([
    'Reading your rights',
    'Controlling your calls',
    'Seeing who is on the phone',
    'Connection',
    'Events from RingCentral',
  ])
  await scene.stopRelay()
  await page.getByText('The relay does not answer', { exact: false }).waitFor()
  await item(page, 'Connection')
    .getByText(/^Lost since/)
    .waitFor()
  await item(page, 'Events from RingCentral').getByText('Not known', { exact: true }).waitFor()
  await expectGood(page, 'diagnostics-away')
})

it('says in German what to do when nobody is signed in', async () => {
  scene = await openScene({ language: 'de' })
  const page = await openDiagnostics()
  await page.getByText('Melden Sie sich an, um zu sehen, was RingCentral Ihnen erlaubt.').waitFor()
  expect(await titles(page)).toEqual([])
  await signInAs(scene, 'Ines Moreau')
  await item(page, 'Mit einem Telefon mithören').getByText('Noch nicht versucht').waitFor()
  await expectGood(page, 'diagnostics-german')
})
