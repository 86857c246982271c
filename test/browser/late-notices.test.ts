import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openScene, type Scene, signInAs } from './scene.ts'

/** What a person hears of calls that changed while nobody could tell: no CRM page is in sight. */

const BEA = '400102'

let scene: Scene
/** A page of the extension, in front. */
let settings: Page

beforeEach(async () => {
  scene = await openScene({ grantedPermissions: ['notifications'] })
  await signInAs(scene, 'Bea Lindqvist')
  settings = await scene.browser.open('options.html')
})
afterEach(() => scene?.close())

/** Ids of the notifications that are up: telephony sessions. */
const readNotices = async () =>
  Object.keys(await settings.evaluate<Record<string, boolean>>('chrome.notifications.getAll()'))

/** Somebody looks, which starts the worker. */
async function lookUntilLive(): Promise<void> {
  const popup = await scene.openPopup()
  await popup.getByText('Live', { exact: true }).waitFor()
  await popup.close()
}

async function placeCall(from = '+14085550123') {
  const call = scene.platform.placeCall({ from, to: BEA })
  await call.settled()
  return call
}

describe('a phone that began to ring while the worker was ended', () => {
  it('is told of when it is live again, and once, though the worker is ended again', async () => {
    await scene.browser.endWorker()
    const call = await placeCall()
    await lookUntilLive()
    await expect.poll(readNotices).toEqual([call.telephonySessionId])

    await settings.evaluate((id) => chrome.notifications.clear(id), call.telephonySessionId)
    await scene.browser.endWorker()
    await lookUntilLive()
    // What is told of the next call comes after whatever would have been told of the first.
    const next = await placeCall('+12065550147')
    await expect.poll(readNotices).toEqual([next.telephonySessionId])
  })

  it('is not told of when it rings no more by then', async () => {
    await scene.browser.endWorker()
    const call = await placeCall()
    call.answer()
    await call.settled()
    await lookUntilLive()
    const next = await placeCall('+12065550147')
    await expect.poll(readNotices).toEqual([next.telephonySessionId])
  })
})

it('a phone that began to ring while the relay was away is told of when the stream is live again', async () => {
  await scene.stopRelay()
  const popup = await scene.openPopup()
  await popup.getByText(/^Lost since /).waitFor()
  await popup.close()
  await scene.browser.endWorker()
  await scene.startRelay()
  await expect.poll(() => scene.platform.subscriptions().length).toBe(1)
  const call = await placeCall()
  await lookUntilLive()
  await expect.poll(readNotices).toEqual([call.telephonySessionId])
})

it('a notification of a phone that rings goes when the call was taken while nobody could tell', async () => {
  const call = await placeCall()
  await expect.poll(readNotices).toEqual([call.telephonySessionId])
  await scene.browser.endWorker()
  call.answer()
  await call.settled()
  await lookUntilLive()
  await expect.poll(readNotices).toEqual([])
})
