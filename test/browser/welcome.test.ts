import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findBarriers } from '../support/browser/axe.ts'
import { type CardReader, createCardReader } from '../support/browser/card.ts'
import { takePicture } from '../support/browser/picture.ts'
import { eventually } from '../support/eventually.ts'
import { step } from '../support/step.ts'
import { putAway } from './put-away.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** A newcomer's way from install to the first card, and the made-up call at its end. */

/** Light and dark, without barriers, nothing cut off; a picture of each. */
async function expectGood(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await findBarriers(page, { isColoursOnly: colorScheme === 'dark' })).toEqual([])
    await takePicture(page, `${name}-${colorScheme}`, { fullPage: true })
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
}

const readSteps = (page: Page) =>
  page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('[data-step]')].map(({ dataset }) => [dataset.step, dataset.state]),
    ),
  )

describe('a newcomer', () => {
  let scene: Scene
  let welcome: Page
  let card: CardReader

  beforeEach(async () => {
    scene = await openScene()
    welcome = await scene.browser.open('welcome.html')
    card = await createCardReader(welcome)
    await welcome.getByRole('heading', { name: 'Welcome to Ringside' }).waitFor()
  })
  afterEach(() => scene?.close())

  const expectStates = (expected: Record<string, string>) =>
    eventually(async () => expect(await readSteps(welcome)).toEqual(expected))
  const readStates = async (reader: CardReader) => (await reader.read()).map(({ state }) => state)
  /** What comes later is folded until then. */
  const openSample = () => welcome.getByRole('heading', { name: 'Try a sample call' }).click()
  const play = () => welcome.getByRole('button', { name: 'Play a sample call' }).click()

  it('is told what to do first; what is granted already is done', async () => {
    await expectStates({ relay: 'now', user: 'later', sites: 'done', sample: 'later' })
    await welcome.getByText('1 of 4 steps done. Next is “Find the relay”.').waitFor()
    await welcome.getByText('The card appears on http://localhost.').waitFor()
    await expectGood(welcome, 'welcome-first')
  })

  const REFUSALS = [
    ['not an address', () => 'not an address', 'This isn’t a relay address.'],
    ['nobody there', () => 'http://127.0.0.1:9', 'The relay does not answer.'],
    ['something else there', () => scene.crmUrl, 'Something answers there, but it is not a Ringside relay.'],
  ] as const

  it('is told what is wrong with an address, and goes on to signing in when the relay answers', async () => {
    for (const [what, address, said] of REFUSALS) {
      await step(what, async () => {
        await welcome.getByLabel('Relay address').fill(address())
        await welcome.getByRole('button', { name: 'Check and save' }).click()
        await welcome.getByText(said).waitFor()
        expect(await readSteps(welcome)).toMatchObject({ relay: 'now' })
      })
    }
    await welcome.getByLabel('Relay address').fill(scene.relayUrl)
    await welcome.getByRole('button', { name: 'Check and save' }).click()
    await welcome.getByText('The relay answers. Saved.').waitFor()
    await expectStates({ relay: 'done', user: 'now', sites: 'done', sample: 'later' })
    await welcome.getByText(`Your relay is ${new URL(scene.relayUrl).host}.`).waitFor()
  })

  it('may try the sample call before signing in: it rings here and on the CRM page, and is held', async () => {
    const crm = await scene.openCrm()
    await welcome.bringToFront()
    await openSample()
    await play()
    await eventually(async () => expect(await card.read()).toMatchObject([{ state: 'Ringing', name: 'Robin Sample' }]))
    await crm.page.bringToFront()
    await eventually(async () => expect((await crm.card.read())[0]?.name).toBe('Robin Sample'))
    await eventually(async () => expect(await readStates(crm.card)).toEqual(['On hold']))
    expect(await readStates(card)).toEqual(['On hold'])
    await welcome.bringToFront()
    await expectGood(welcome, 'welcome-sample')
    await putAway(card)
    await eventually(async () => expect(await crm.card.read()).toEqual([]))
  })

  it('may decline it, is told that it is made up, and writes a note that is kept nowhere', async () => {
    await openSample()
    await play()
    await eventually(async () => expect(await readStates(card)).toEqual(['Ringing']))
    expect(await card.texts('.remarks li')).toContain('Sample call')
    await eventually(async () => {
      await card.press('Decline')
      expect(await readStates(card)).toEqual(['Declined'])
    })
    await card.click('.note textarea')
    await welcome.keyboard.type('wants the blue one')
    expect(await card.property('.note textarea', 'value')).toBe('wants the blue one')
    await play()
    await eventually(async () => expect(await readStates(card)).toEqual(['Ringing']))
    await card.click('.hide')
    await eventually(async () => expect(await card.read()).toEqual([]))
  })

  it('signs in, and is done; of the sample call there is no trace: no list, no badge', async () => {
    await scene.bare.ask('setRelay', scene.relayUrl)
    await openSample()
    await play()
    await eventually(async () => expect(await readStates(card)).toEqual(['Ringing']))
    await card.click('.hide')
    await eventually(async () => expect(await card.read()).toEqual([]))
    const window = scene.browser.context.waitForEvent('page')
    await welcome.getByRole('button', { name: 'Sign in' }).click()
    await (await window).getByRole('button', { name: 'Bea Lindqvist' }).click()
    await expectStates({ relay: 'done', user: 'done', sites: 'done', sample: 'done' })
    await welcome.getByText('All steps are done. The next call shows its card on your CRM page.').waitFor()
    const popup = await scene.openPopup()
    await popup.getByText('No calls yet. The next one appears here and on your CRM page.').waitFor()
    expect(await popup.evaluate<string>('chrome.action.getBadgeText({})')).toBe('')
  })

  it('is told of a real call first: the sample goes', async () => {
    await signInAs(scene, 'Bea Lindqvist')
    await play()
    await eventually(async () => expect((await card.read())[0]?.name).toBe('Robin Sample'))
    const call = scene.platform.placeCall({ from: '+14085550123', to: '400102' })
    await eventually(async () => expect((await card.read()).map(({ name }) => name)).not.toContain('Robin Sample'))
    expect(await readStates(card)).toEqual(['Ringing'])
    await play()
    await welcome.getByText('A real call is going on. Try again when it is over.').waitFor()
    call.hangUp('caller')
  })

  it('can come back from the settings, and finds every step done', async () => {
    await signInAs(scene, 'Bea Lindqvist')
    await scene.bare.keepSetting('sampleSeen', true)
    const settings = await scene.browser.open('options.html')
    await settings.getByRole('link', { name: 'Show the welcome page' }).click()
    await settings.getByText('All steps are done.').waitFor()
    await settings.setViewportSize({ width: 360, height: 700 })
    await expectGood(settings, 'welcome-360')
    await settings.close()
  })
})

describe('in German, with nothing granted', () => {
  it('the welcome page comes at install, and every step of it is to be done, by keys alone too', async () => {
    const scene = await openScene({ language: 'de', grantedSites: [], keepsWelcome: true })
    try {
      const welcome = scene.browser.welcome
      await welcome?.getByRole('heading', { name: 'Willkommen bei Ringside' }).waitFor()
      if (welcome === undefined) throw new Error('the welcome page should have been opened at install')
      await welcome.bringToFront()
      expect(await readSteps(welcome)).toEqual({ relay: 'now', user: 'later', sites: 'later', sample: 'later' })
      await welcome.keyboard.press('Tab')
      await welcome.keyboard.press('Tab')
      await welcome.keyboard.type(scene.relayUrl)
      await welcome.keyboard.press('Enter')
      await welcome.getByText('Das Relay antwortet. Gespeichert.').waitFor()
      await welcome.getByText('1 von 4 Schritten erledigt. Als Nächstes „Anmelden“.').waitFor()
      await expectGood(welcome, 'welcome-german')
    } finally {
      await scene.close()
    }
  })
})
