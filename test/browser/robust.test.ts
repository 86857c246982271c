import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EXTENSION_ID } from '../../shared/extension-key.ts'
import type { CardReader } from '../support/browser/card.ts'
import { eventually } from '../support/eventually.ts'
import { createRandom, shuffle } from '../support/random.ts'
import { restampStream } from '../support/restamp.ts'
import { reloadExtension } from './reload-extension.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** What happens to a browser in its life: the worker ends at any moment, the extension is updated, the disk is full. */

const BEA = '400102'
const REFUSED = 'This browser’s storage is full or does not answer.'

let scene: Scene

beforeEach(async () => {
  scene = await openScene()
  // However long this takes: the card is there until it is put away.
  await scene.bare.keepSetting('endedCard', 'untilClosed')
  await signInAs(scene, 'Bea Lindqvist')
})
afterEach(() => scene?.close())

const states = async (card: CardReader) => (await card.read()).map(({ state }) => state)
/** Finished calls in the popup's list, once it is drawn. */
async function countCalls(popup: Page): Promise<number> {
  await popup.getByText('Last calls').waitFor()
  return popup.locator('details').count()
}

const shows = (card: CardReader, ...expected: readonly string[]) =>
  eventually(async () => expect(await states(card)).toEqual(expected))

describe('a worker that is ended at any moment', () => {
  it.each([1, 2, 3])('has exact figures and shows a call once (seed %i)', async (seed) => {
    const random = createRandom(seed)
    const { page, card } = await scene.openCrm()
    let mostCards = 0
    const watching = setInterval(async () => {
      mostCards = Math.max(mostCards, (await card.read().catch(() => [])).length)
    }, 50)
    const events = restampStream('pstn-to-user', Date.now() - 20_000)
    const upTo = (last: number) =>
      shuffle(
        events.filter(({ sequence }) => sequence <= last),
        random,
      )
    // While it rings, talks, is held; everything that came before comes once more, in another order.
    for (const { envelope } of [7, 8, 9, 12].flatMap(upTo)) {
      const delivered = scene.platform.deliver(envelope)
      // In the middle of what it makes the worker do.
      if (random() < 0.2) await scene.browser.endWorker()
      expect(await delivered).toEqual([200])
    }
    await shows(card, 'Ended')
    await eventually(async () =>
      expect((await card.read())[0]?.figures).toEqual({ Ring: '0:07', Talk: '0:12', Hold: '0:02' }),
    )
    clearInterval(watching)
    expect(mostCards).toBe(1)
    await page.close()
    const after = await scene.openPopup()
    expect(await countCalls(after)).toBe(1)
  })
})

describe('an update of the extension', () => {
  it('leaves one card on a page that was open, and the note that was being written', async () => {
    const { page, card } = await scene.openCrm()
    const call = scene.platform.placeCall({ from: '+14085550123', to: BEA })
    call.answer()
    await shows(card, 'Talking')
    await card.click('textarea')
    await page.keyboard.type('wants the blue one')
    await eventually(async () => expect(await card.texts('.keeping')).toContain('Saved'))

    await reloadExtension(scene.browser.context)
    await eventually(async () => {
      expect((await card.texts('.note')).join()).toContain('wants the blue one')
      expect(await card.texts('textarea')).toEqual([])
    })
    expect((await card.texts('.note')).join()).toContain('Reload this page to write notes here.')
    expect(await card.texts('textarea')).toEqual([])
    expect(await page.locator('ringside-card').count()).toBe(1)
    await page.reload()
    await eventually(async () => expect(await card.property('textarea', 'value')).toBe('wants the blue one'))
    call.hangUp('caller')
    await shows(card, 'Ended')
    expect(await page.locator('ringside-card').count()).toBe(1)
  })
})

/** What the person's calls are kept in, asked from a page of the extension. */
const findStore = (page: Page) =>
  page.evaluate(async () => {
    const stores = await indexedDB.databases()
    return stores.map(({ name }) => name).find((name) => name?.startsWith('ringside:'))
  })

/** As when a person clears what sites have stored. */
async function deleteStore(page: Page): Promise<void> {
  const session = await scene.browser.context.newCDPSession(page)
  await session.send('IndexedDB.deleteDatabase', {
    securityOrigin: `chrome-extension://${EXTENSION_ID}`,
    databaseName: String(await findStore(page)),
  })
}

describe('a store', () => {
  it('that refuses lets calls be shown, says so, and is made again when it can be', async () => {
    const { card } = await scene.openCrm()
    const popup = await scene.openPopup()
    await popup.getByText('No calls yet.').waitFor()
    const other = await scene.browser.open('icon/16.png')
    // Held by a version of the extension that is to come: this one cannot open it.
    await other.evaluate(
      ([name]) =>
        new Promise<void>((resolve) => {
          const request = indexedDB.open(String(name), 1000)
          request.onsuccess = () => {
            request.result.onversionchange = () => request.result.close()
            resolve()
          }
        }),
      [await findStore(other)],
    )
    const call = scene.platform.placeCall({ from: '+14085550123', to: BEA })
    await shows(card, 'Ringing')
    await popup.getByText(REFUSED).waitFor()
    const second = scene.platform.placeCall({ from: '+442079460018', to: BEA })
    await shows(card, 'Ringing', 'Ringing')
    call.answer()
    await eventually(async () => expect(await states(card)).toContain('Talking'))

    await deleteStore(other)
    await popup.getByText(REFUSED).waitFor({ state: 'detached' })
    call.hangUp('caller')
    second.hangUp('caller')
    await eventually(async () => expect((await states(card)).sort()).toEqual(['Caller hung up', 'Ended']))
    await popup.reload()
    await eventually(async () => expect(await popup.locator('details').count()).toBe(2))
  })

  it('that is deleted under use is made again, with all that the relay still has', async () => {
    const { card } = await scene.openCrm()
    const call = scene.platform.placeCall({ from: '+14085550123', to: BEA })
    await shows(card, 'Ringing')
    const popup = await scene.openPopup()
    const other = await scene.browser.open('icon/16.png')
    await deleteStore(other)
    call.answer()
    await shows(card, 'Talking')
    call.hangUp('caller')
    await shows(card, 'Ended')
    await popup.reload()
    await eventually(async () => expect(await popup.locator('details').count()).toBe(1))
  })
})
