import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { SUPERVISOR } from '../platform/people.ts'
import { askRelay } from '../relay/control/relay-client.ts'
import { signIn } from '../relay/support/sign-in-flow.ts'
import { eventually } from '../support/eventually.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** What RingCentral lets a person watch, and what of it their own browser shows and keeps. */

const INES = SUPERVISOR.extensionId
const BEA = '400102'

let scene: Scene
afterEach(() => scene?.close())

const toBoard = (popup: Page) => popup.getByRole('button', { name: 'Board' })

/** The sessions that a person's store has a call or an event of. Runs on a page of the extension. */
async function readSessions(extensionId: string): Promise<string> {
  const name = (await indexedDB.databases()).find((one) => one.name?.endsWith(`:${extensionId}`))?.name ?? ''
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const rows = await Promise.all(
    [...db.objectStoreNames].map(
      (store) =>
        new Promise<unknown>((resolve, reject) => {
          const request = db.transaction(store).objectStore(store).getAll()
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error)
        }),
    ),
  )
  db.close()
  return JSON.stringify(rows)
}

describe('the browser of somebody who watches others', () => {
  it.each<[by: string, settings: Readonly<Record<string, string>>]>([
    ['RingCentral’s grants', {}],
    ['RELAY_SUPERVISORS', { RELAY_SUPERVISORS: INES }],
  ])('keeps their own calls only, where they do by %s', async (_by, settings) => {
    scene = await openScene({ settings })
    scene.platform.grants.give(INES, 'callMonitoring', [BEA])
    await signInAs(scene, 'Ines Moreau')
    const popup = await scene.openPopup()
    await toBoard(popup).first().waitFor()
    const beas = scene.platform.placeCall({ from: '+14085550123', to: BEA })
    beas.answer()
    beas.hangUp('caller')
    await beas.settled()
    const own = scene.platform.placeCall({ from: '+442079460018', to: INES })
    own.answer()
    own.hangUp('caller')
    await own.settled()
    await popup.locator('details').waitFor()
    expect(await popup.locator('details').count()).toBe(1)
    const kept = await popup.evaluate(readSessions, INES)
    expect(kept).toContain(own.telephonySessionId)
    expect(kept).not.toContain(beas.telephonySessionId)
  })

  it('goes on without a break when a right is taken away, and no way leads to the board any more', async () => {
    scene = await openScene()
    scene.platform.grants.take(INES, 'callQueueSetup')
    scene.platform.grants.take(INES, 'callMonitoring')
    scene.platform.grants.give(INES, 'callMonitoring', [BEA])
    await signInAs(scene, 'Ines Moreau')
    const popup = await scene.openPopup()
    await toBoard(popup).first().waitFor()
    // Whatever is shown of the connection from now on is remembered.
    await popup.evaluate(() => {
      const shown = document.querySelector('.connection')
      const states: string[] = []
      Object.assign(globalThis, { states })
      new MutationObserver(() => states.push(shown?.getAttribute('data-state') ?? '')).observe(document.body, {
        attributes: true,
        childList: true,
        subtree: true,
        characterData: true,
      })
    })
    scene.platform.grants.take(INES, 'callMonitoring', BEA)
    // She signs in elsewhere: with that the relay reads her rights again.
    await signIn({ relay: { url: scene.relayUrl } }, INES)
    await eventually(async () => expect(await toBoard(popup).count()).toBe(0))
    await popup.getByText('Live', { exact: true }).waitFor()
    expect(await scene.bare.ask('getStatus')).toMatchObject({ user: { role: 'agent' }, connection: { state: 'live' } })
    expect(await popup.evaluate(() => (globalThis as unknown as { states: string[] }).states)).not.toContain('lost')
    await eventually(async () => expect(await popup.evaluate(isPanelOffered)).toBe(false))
  })
})

/** Runs on a page of the extension. */
async function isPanelOffered(): Promise<boolean> {
  return (await chrome.sidePanel.getOptions({})).enabled === true
}

describe('an agent', () => {
  it('sees nothing of watching others: not in the popup, the settings, Chrome’s shortcuts or at the side', async () => {
    scene = await openScene()
    await signInAs(scene, 'Bea Lindqvist')
    const popup = await scene.openPopup()
    await popup.getByText('Live', { exact: true }).waitFor()
    const settings = await scene.browser.open('options.html')
    await settings.getByText('Signed in as Bea Lindqvist').waitFor()
    const read = [popup, settings].map((page) => page.locator('body').textContent())
    const shortcuts = await popup.evaluate(async () =>
      (await chrome.commands.getAll()).map(({ description = '' }) => description).join('\n'),
    )
    const everything = [...(await Promise.all(read)), shortcuts].join('\n')
    expect(everything).toContain('Shortcuts')
    expect(everything).not.toMatch(/\bboard\b|\blisten|supervis|monitor|whisper/i)
    await eventually(async () => expect(await popup.evaluate(isPanelOffered)).toBe(false))
  })

  it('raises a hand from the popup too, where a line of a supervisor is not to be read', async () => {
    scene = await openScene()
    scene.platform.grants.give(INES, 'callMonitoring', [BEA])
    await signInAs(scene, 'Bea Lindqvist')
    const popup = await scene.openPopup()
    const call = scene.platform.placeCall({ from: '+14085550123', to: BEA })
    call.answer()
    await popup.getByRole('button', { name: 'Raise hand' }).click()
    await popup.getByRole('button', { name: 'Lower hand' }).waitFor()
    const { token } = await signIn({ relay: { url: scene.relayUrl } }, INES)
    const path = `/v1/sessions/${call.telephonySessionId}/whisper`
    const body = { extensionId: BEA, text: 'Offer her the free month.' }
    expect((await askRelay({ relay: { url: scene.relayUrl } }, token, 'POST', path, body)).status).toBe(201)
    const { card } = await scene.openCrm()
    await eventually(async () => expect((await card.texts('.whispers li'))[0]).toContain('free month'))
    expect(await popup.locator('body').textContent()).not.toContain('free month')
    expect(JSON.stringify(await scene.bare.ask('getLiveCalls'))).not.toContain('free month')
  })
})
