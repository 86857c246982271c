import { afterEach, beforeEach, expect, it } from 'vitest'
import { becomeDeveloper } from './reload-extension.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** What Chrome tells the worker by itself: that the browser was started, and that there is a new version of the extension. */

let scene: Scene

beforeEach(async () => {
  scene = await openScene()
  await signInAs(scene, 'Bea Lindqvist')
  await (await becomeDeveloper(scene.browser.context)).close()
})
afterEach(() => scene?.close())

it('takes over a new version when no call is live any more, and not before', async () => {
  const { page, card } = await scene.openCrm()
  const call = scene.platform.placeCall({ from: '+14085550123', to: '400102' })
  call.answer()
  const states = async () => (await card.read()).map(({ state }) => state)
  await expect.poll(states).toEqual(['Talking'])
  const worker = await scene.browser.worker()
  // As Chrome tells it.
  await worker.evaluate(() => {
    Object.assign(globalThis, { isOld: true })
    const { onUpdateAvailable } = chrome.runtime as unknown as {
      onUpdateAvailable: { dispatch(details: { readonly version: string }): void }
    }
    onUpdateAvailable.dispatch({ version: '99.0' })
  })
  call.hold()
  await expect.poll(states).toEqual(['On hold'])
  expect(await worker.evaluate(() => 'isOld' in globalThis)).toBe(true)
  const next = scene.browser.context.waitForEvent('serviceworker')
  call.hangUp('caller')
  await next
  await expect.poll(states).toEqual(['Ended'])
  // The new version puts its own card in the place of the old one's.
  await expect.poll(() => page.locator('ringside-card').count()).toBe(1)
})

it('is started with the browser, before any page asks for it', async () => {
  const worker = await scene.browser.worker()
  expect(await worker.evaluate(() => chrome.runtime.onStartup.hasListeners())).toBe(true)
})
