import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openScene, type Scene, signInAs } from './scene.ts'

/** What the browser keeps of who is signed in, when it cannot be had for a while. */

const SILENT = 'This browser’s storage does not answer, so Ringside can’t tell who is signed in.'

let scene: Scene
/** A page of the extension's origin that wants nothing of the worker. */
let other: Page

beforeEach(async () => {
  scene = await openScene()
  await signInAs(scene, 'Bea Lindqvist')
  other = await scene.browser.open('icon/16.png')
})
afterEach(() => scene?.close())

/** Holds the store as a version of the extension that is to come would: this one cannot open it. */
const takeStore = () =>
  other.evaluate(async () => {
    const open = (version?: number) =>
      new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('ringside', version)
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const now = await open()
    const kept = await new Promise<unknown>((resolve) => {
      const request = now.transaction('signIn').objectStore('signIn').get('current')
      request.onsuccess = () => resolve(request.result)
    })
    now.close()
    const later = await open(1000)
    Object.assign(globalThis, { kept, later })
  })

/** Gives it back as it was. */
const giveStoreBack = () =>
  other.evaluate(async () => {
    const { kept, later } = globalThis as unknown as { kept: unknown; later: IDBDatabase }
    later.close()
    await new Promise((resolve) => {
      indexedDB.deleteDatabase('ringside').onsuccess = resolve
    })
    await new Promise<void>((resolve) => {
      const request = indexedDB.open('ringside', 1)
      request.onupgradeneeded = () => request.result.createObjectStore('signIn').put(kept, 'current')
      request.onsuccess = () => {
        request.result.close()
        resolve()
      }
    })
  })

it('that cannot be opened as the worker starts is tried again, and says so meanwhile', async () => {
  await takeStore()
  await scene.browser.endWorker()
  const popup = await scene.openPopup()
  await popup.getByText(SILENT).waitFor()
  await giveStoreBack()
  await popup.getByText('Live', { exact: true }).waitFor()
  const { card } = await scene.openCrm()
  scene.platform.placeCall({ from: '+14085550123', to: '400102' })
  await expect.poll(async () => (await card.read()).map(({ state }) => state)).toEqual(['Ringing'])
})

it('that cannot be used as somebody signs out keeps nobody signed in, and forgets them when it can', async () => {
  await takeStore()
  const settings = await scene.browser.open('options.html')
  await settings.getByRole('button', { name: 'Sign out' }).click()
  await settings.getByText('Signed out.').waitFor()
  await giveStoreBack()
  const countKept = () =>
    other.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const request = indexedDB.open('ringside')
          request.onsuccess = () => {
            const counting = request.result.transaction('signIn').objectStore('signIn').count()
            counting.onsuccess = () => {
              request.result.close()
              resolve(counting.result)
            }
          }
        }),
    )
  await expect.poll(countKept).toBe(0)
})
