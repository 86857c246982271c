import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHostileSite } from '../hostile/site.ts'
import type { Call } from '../platform/calls/call.ts'
import type { Listening } from '../platform/listen.ts'
import { type CardReader, createCardReader } from '../support/browser/card.ts'
import { reloadExtension } from './reload-extension.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/**
 * Somebody types in a card and does not look up, whatever becomes of it meanwhile. The page has a field that had the keys before,
 * shortcuts of its own, and a script that listens to every key from the first moment on.
 */

const BEA = '400102'
/** A card about a caller who gave up goes by itself after ten seconds. */
const GONE = { timeout: 40_000 }

interface PageWindow {
  tricks: Record<string, () => void>
  spied: { readonly keysHeard: string[]; readonly shortcuts: string[] }
}
declare const window: PageWindow

let scene: Scene
let site: Listening
let page: Page
let card: CardReader

beforeEach(async () => {
  scene = await openScene()
  site = await startHostileSite()
  await signInAs(scene, 'Bea Lindqvist')
  page = await scene.browser.context.newPage()
  await page.goto(`${site.url}/record`)
  await page.locator('#search').focus()
  card = await createCardReader(page)
})
afterEach(async () => {
  await scene?.close()
  await site?.close()
})

const states = (reader: CardReader) => reader.read().then((cards) => cards.map(({ state }) => state))
const shows = (...expected: readonly string[]) => expect.poll(() => states(card)).toEqual(expected)
/** What of the keys has come to the page. */
const leaked = () =>
  page.evaluate(() => ({
    keys: [...window.spied.keysHeard, ...window.spied.shortcuts],
    fields: [...document.querySelectorAll('input')].map(({ value }) => value).join(''),
  }))
const NOTHING = { keys: [], fields: '' }

async function placeCall(from = '+14085550123'): Promise<Call> {
  const call = scene.platform.placeCall({ from, to: BEA })
  await call.settled()
  return call
}

/** Rings, and the caller gives up. */
async function missCall(from: string): Promise<void> {
  const call = await placeCall(from)
  call.hangUp('caller')
  await call.settled()
}

async function talk(): Promise<Call> {
  const call = await placeCall()
  call.answer()
  await shows('Talking')
  return call
}

/** Clicks in the note and begins to write. */
async function beginNote(text: string): Promise<void> {
  await card.click('textarea')
  await page.keyboard.type(text)
  await expect.poll(() => card.property('textarea', 'value')).toBe(text)
}

const noted = (text: string) => expect.poll(() => card.property('textarea', 'value')).toBe(text)

describe('a card with the keys', () => {
  it('stays beyond its time, and its time begins again when they leave', async () => {
    await missCall('+12065550147')
    await shows('Caller hung up')
    let text = 'wants '
    await beginNote(text)
    await missCall('+442079460018')
    await shows('Caller hung up', 'Caller hung up')
    // The other one goes in its time, which is later than this one's.
    while ((await card.read()).length > 1) {
      await page.keyboard.type('x')
      text += 'x'
      await page.waitForFunction(() => true)
    }
    await page.keyboard.type(' and the invoice')
    await noted(`${text} and the invoice`)
    expect(await leaked()).toEqual(NOTHING)
    await page.locator('h1').click()
    expect(await states(card)).toEqual(['Caller hung up'])
    await expect.poll(() => states(card), GONE).toEqual([])
    expect(await leaked()).toEqual(NOTHING)
  })

  it('is not squeezed by those who call meanwhile, and keeps its place', async () => {
    const call = await talk()
    call.hangUp('caller')
    await shows('Ended')
    await beginNote('secret: ends in 1234 ')
    await placeCall('+12065550147')
    await shows('Ringing', 'Ended')
    await placeCall('+442079460018')
    await expect.poll(() => states(card)).toEqual(['Ringing', 'Ringing', 'Ended'])
    await page.keyboard.type('and the code is 999')
    await noted('secret: ends in 1234 and the code is 999')
    expect(await leaked()).toEqual(NOTHING)
  })

  it('stays when it is folded or put away on another page, until the keys leave', async () => {
    const call = await talk()
    const other = await scene.openCrm()
    await expect.poll(() => states(other.card)).toEqual(['Talking'])
    await page.bringToFront()
    await beginNote('one ')
    await other.card.click('.fold')
    await expect.poll(() => other.card.texts('.folded .state')).toEqual(['Talking'])
    await page.keyboard.type('two ')
    await other.card.click('.folded')
    await other.card.click('.hide')
    await expect.poll(() => states(other.card)).toEqual([])
    await page.keyboard.type('three ')
    call.hangUp('caller')
    await shows('Ended')
    await page.keyboard.type('four')
    await noted('one two three four')
    expect(await leaked()).toEqual(NOTHING)
    await page.locator('h1').click()
    await shows()
  })

  it('stays when the worker is ended, as often as it is', async () => {
    await talk()
    await beginNote('a')
    for (const letter of 'bcd') {
      await scene.browser.endWorker()
      await page.keyboard.type(letter)
    }
    await expect.poll(() => card.texts('.keeping')).toEqual(['Saved'])
    await noted('abcd')
    expect(await leaked()).toEqual(NOTHING)
  })

  it('keeps them when the control that had them goes', async () => {
    const call = await talk()
    await card.press('Transfer…')
    // The field is drawn, and then it has the keys.
    await expect.poll(() => card.focused()).toBeDefined()
    await page.keyboard.type('sam')
    await expect.poll(() => card.property('input[role="combobox"]', 'value')).toBe('sam')
    call.hangUp('caller')
    await shows('Ended')
    await expect.poll(() => card.texts('input[role="combobox"]')).toEqual([])
    await page.keyboard.type(' okafor\n')
    expect(await leaked()).toEqual(NOTHING)
    // Escape leads back to the page.
    await page.keyboard.press('Escape')
    await page.keyboard.type('x')
    expect((await leaked()).fields).toBe('x')
  })

  it('lets go of the key that it was left by', async () => {
    await talk()
    await beginNote('done')
    await page.keyboard.press('Escape')
    await expect.poll(() => card.texts('.folded .state')).toEqual(['Talking'])
    expect(await leaked()).toEqual(NOTHING)
    await page.keyboard.type('x')
    expect((await leaked()).fields).toBe('x')
  })
})

describe('a page that takes the keys while somebody types in the card', () => {
  beforeEach(async () => {
    await talk()
    await beginNote('one ')
  })

  it.each([
    ['takes the card away', () => document.querySelector('ringside-card')?.remove()],
    [
      'goes to another view, and its search takes the keys',
      () => {
        history.pushState({}, '', '/another')
        const search = document.createElement('input')
        document.body.replaceChildren(search)
        search.focus()
      },
    ],
    [
      'goes to a view in a frame, which takes the keys',
      () => {
        history.pushState({}, '', '/framed-view')
        const frame = document.createElement('iframe')
        document.body.append(frame)
        frame.contentDocument?.body.append(frame.contentDocument.createElement('input'))
        frame.contentDocument?.querySelector('input')?.focus()
      },
    ],
  ] as const)('%s: what is typed goes on into the card', async (_what, trick) => {
    await page.evaluate(trick)
    await page.keyboard.type('two')
    await noted('one two')
    expect(await leaked()).toEqual(NOTHING)
  })

  it.each([
    [
      'shows a dialog',
      () => {
        const dialog = document.createElement('dialog')
        dialog.innerHTML = '<form method="dialog"><input><button>OK</button></form>'
        document.body.append(dialog)
        dialog.showModal()
      },
    ],
    [
      'goes to another view, which keeps them for good',
      () => {
        history.pushState({}, '', '/another')
        const search = document.querySelector<HTMLInputElement>('#search')
        search?.addEventListener('blur', () => search.focus())
        addEventListener('focusin', () => search?.focus())
        search?.focus()
      },
    ],
    ['writes itself anew', () => window.tricks.writeAnew?.()],
  ] as const)('%s: what is typed is nobody’s, until they look up', async (_what, trick) => {
    await page.evaluate(trick)
    await page.keyboard.type('two\n')
    await expect.poll(() => card.texts('.hint')).toContainEqual(expect.stringContaining('Press Esc'))
    expect((await leaked()).fields).toBe('')
    expect((await leaked()).keys).toEqual([])
    await page.keyboard.press('Escape')
    await expect.poll(async () => (await card.texts('.hint')).join()).not.toContain('Press Esc')
    // It was for the card; the next is the page's.
    expect((await leaked()).keys).toEqual([])
    await page.evaluate(() => addEventListener('keydown', ({ key }) => window.spied.keysHeard.push(key)))
    await page.keyboard.type('x')
    expect((await leaked()).keys).toContain('x')
  })
})

describe('a card that has to go under the hands of somebody who types', () => {
  it('goes when they are signed out, with what they typed kept, and the rest is nobody’s', async () => {
    const call = await talk()
    const settings = await scene.browser.open('options.html')
    await beginNote('wants the blue one')
    await settings.getByRole('button', { name: 'Sign out' }).click()
    await expect.poll(() => states(card)).toEqual([])
    await page.keyboard.type(' and more\n')
    await settings.getByText('Signed out.').waitFor()
    expect(await leaked()).toEqual(NOTHING)
    expect(await card.texts('.hint')).toEqual([expect.stringContaining('Press Esc')])
    await page.locator('#search').click()
    await expect.poll(() => page.locator('ringside-card').count()).toBe(0)
    await page.keyboard.type('x')
    expect((await leaked()).fields).toBe('x')

    await settings.close()
    await signInAs(scene, 'Bea Lindqvist')
    call.hangUp('caller')
    await shows('Ended')
    await noted('wants the blue one')
  })

  it('goes when its site is taken back', async () => {
    await talk()
    const settings = await scene.browser.open('options.html')
    await beginNote('one')
    await settings.getByRole('button', { name: 'Remove http://localhost' }).click()
    await expect.poll(() => states(card)).toEqual([])
    await page.keyboard.type(' two\n')
    expect(await leaked()).toEqual(NOTHING)
  })

  it('goes when the extension is updated', async () => {
    await talk()
    await beginNote('one')
    await reloadExtension(scene.browser.context)
    await expect.poll(() => card.texts('textarea')).toEqual([])
    await page.keyboard.type(' two\n')
    expect(await leaked()).toEqual(NOTHING)
  })
})
