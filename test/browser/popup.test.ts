import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MINUTE_MS } from '../../shared/time.ts'
import { findBarriers } from '../support/browser/axe.ts'
import { takePicture } from '../support/browser/picture.ts'
import { buildEnvelope, buildParty } from '../support/notification.ts'
import { restampStream } from '../support/restamp.ts'
import { step } from '../support/step.ts'
import { openScene, type Scene, signInAs } from './scene.ts'
import { missCall, tellCall } from './tell-calls.ts'

/** The popup's figures, each opened to what it is made of. */

const ME = '400102'
const GRACE = '+12065550147'
const ACCOUNT_EVENT = '/restapi/v1.0/account/400100/telephony/sessions'

/** Five minutes ago, when the first call came. */
let startMs: number

let scene: Scene
let popup: Page

beforeEach(async () => {
  startMs = Date.now() - 5 * MINUTE_MS
  scene = await openScene()
  await signInAs(scene, 'Bea Lindqvist')
  // A call of twenty seconds with a hold, a minute ago, and two that were missed before it, one of which it returned.
  await missCall(scene, { telephonySessionId: 's-missed-ada', phoneNumber: '+14085550123', startedMs: startMs })
  await missCall(scene, { telephonySessionId: 's-missed-grace', phoneNumber: GRACE, startedMs: startMs + MINUTE_MS })
  for (const { envelope } of restampStream('pstn-to-user', startMs + 4 * MINUTE_MS))
    await scene.platform.deliver(envelope)
  popup = await scene.openPopup()
  await popup.locator('details.call').nth(2).waitFor()
})
afterEach(() => scene?.close())

const tile = (name: string) =>
  popup.locator('.tile', { has: popup.locator('.label', { hasText: new RegExp(`^${name}$`) }) })
const states = () => popup.locator('details.call .came-out').allInnerTexts()

describe('today', () => {
  it('adds up the calls that were delivered, and is opened to them', async () => {
    await step('adds up the calls that were delivered', async () => {
      await expect.poll(() => tile('Calls').locator('.value').textContent()).toBe('3')
      expect(await tile('Answered').locator('.value').textContent()).toBe('1')
      expect(await tile('Missed').locator('.value').textContent()).toBe('2')
      expect(await tile('Ring').locator('.value').textContent()).toBe('0:13')
      expect(await tile('Talk').locator('.value').textContent()).toBe('0:12')
      expect(await tile('Hold').textContent()).toBe('Hold0:02avg 0:02')
    })
    await step('opens a figure to the calls behind it, and a call to its events: two clicks', async () => {
      await tile('Hold').click()
      await popup.getByRole('heading', { name: 'Today: Hold' }).waitFor()
      await expect.poll(() => popup.locator('details.call').count()).toBe(1)
      await popup.locator('details.call > summary').click()
      await popup.locator('.call-figures', { hasText: 'Hold0:02' }).waitFor()
      await takePicture(popup, 'popup-opened-light', { fullPage: true })
      await popup.getByText('Why?').click()
      await popup.getByText('= Hold #9 → Answered #10').waitFor()
      expect(await popup.locator('.timeline .bar').getAttribute('aria-label')).toBe(
        'Ring 0:07, Talk 0:04, Hold 0:02, Talk 0:07',
      )
      await takePicture(popup, 'popup-detail-light', { fullPage: true })
      expect(await findBarriers(popup)).toEqual([])
      await popup.getByRole('button', { name: 'Last calls' }).click()
      await expect.poll(() => popup.locator('details.call').count()).toBe(3)
    })
  })
})

const waiting = () => popup.locator('.to-return li')

describe('who waits to be called back', () => {
  it('is called back by two keys, and leaves the list when they have talked', async () => {
    await step('is a list of its own, apart from what was returned', async () => {
      await popup.getByRole('heading', { name: 'To return (1)' }).waitFor()
      expect(await waiting().locator('.who').allTextContents()).toEqual(['(206) 555-0147'])
      expect((await states()).filter((state) => /Called again\s\d/.test(state))).toHaveLength(1)
      await takePicture(popup, 'popup-light', { fullPage: true })
    })
    await step('says how often they called, once for all', async () => {
      await missCall(scene, {
        telephonySessionId: 's-missed-again',
        phoneNumber: GRACE,
        startedMs: startMs + 2 * MINUTE_MS,
      })
      await waiting().getByText('2 times').waitFor()
      expect(await waiting().count()).toBe(1)
    })
    await step('is reached by the arrow down from the search, and called by Enter', async () => {
      expect(await popup.locator('.find:focus').count()).toBe(1)
      await popup.keyboard.press('ArrowDown')
      await popup.keyboard.press('Enter')
      await popup.getByText('Your phone is ringing.').waitFor()
      await popup.locator('.live li', { hasText: 'Calling' }).waitFor()
      expect(scene.platform.requests().filter(({ path }) => path.endsWith('/call-out'))).toHaveLength(1)
      await takePicture(popup, 'popup-live-light', { fullPage: true })
      await popup.locator('.live li').getByRole('button', { name: 'Hang up' }).click()
      await popup.locator('.live li').waitFor({ state: 'detached' })
    })
    await step('leaves the list, and the last calls say when they were called back', async () => {
      const back = { telephonySessionId: 's-back', direction: 'Outbound', phoneNumber: GRACE } as const
      await tellCall(scene, { ...back, startedMs: Date.now() - 5000 }, ['Setup', 'Answered', 'Disconnected'])
      await expect.poll(() => waiting().count()).toBe(0)
      await expect.poll(async () => (await states()).filter((state) => /Called back\s\d/.test(state)).length).toBe(2)
    })
  })
})

it('has the figures stay where they are while all the rest comes', async () => {
  const page = await scene.browser.context.newPage()
  await page.addInitScript(`
    globalThis.tops = []
    new MutationObserver(() => {
      const tile = document.querySelector('.tile')
      if (tile !== null) tops.push(tile.getBoundingClientRect().top)
    }).observe(document, { childList: true, subtree: true, characterData: true })`)
  await page.goto(popup.url())
  await page.locator('.to-return li').first().waitFor()
  await page.locator('details.call').first().waitFor()
  await page.getByText('Live', { exact: true }).waitFor()
  const tops = await page.evaluate<readonly number[]>('tops')
  expect(tops.length).toBeGreaterThan(1)
  expect(new Set(tops).size).toBe(1)
})

it('has the ways out where neither the store nor the worker answers', async () => {
  const silent = await scene.browser.context.newPage()
  await silent.addInitScript(() => {
    const never = () => new Promise<never>(() => undefined)
    Object.defineProperty(chrome.runtime, 'sendMessage', { value: never })
    Object.defineProperty(IDBFactory.prototype, 'open', {
      value: () => {
        throw new Error('the store should answer, but does not')
      },
    })
  })
  await silent.goto(popup.url())
  await silent.getByRole('button', { name: 'Settings' }).waitFor()
  expect(await silent.locator('h1').textContent()).toBe('Ringside')
})

describe('the search', () => {
  it('finds whoever was on the phone, with their last calls, and calls a number that nobody has', async () => {
    await popup.keyboard.type('ada')
    await popup.getByText('1 person', { exact: true }).waitFor()
    await popup.getByRole('button', { name: 'Call Ada Winter' }).waitFor()
    await expect.poll(() => popup.locator('details.call').count()).toBe(2)
    await takePicture(popup, 'popup-search-light', { fullPage: true })
    expect(await findBarriers(popup)).toEqual([])
    await popup.locator('.find').fill('4155550199')
    await popup.getByRole('button', { name: 'Call (415) 555-0199' }).waitFor()
    await popup.locator('.find').fill('nobody at all')
    await popup.getByText('Nobody of that name or number').waitFor()
    await popup.keyboard.press('Escape')
    await popup.getByRole('heading', { name: 'Last calls' }).waitFor()
  })
})

describe('the last calls', () => {
  it('are live, the newest first', async () => {
    await step('come as they came, two lines each at most', async () => {
      expect(await popup.locator('details.call .who').allTextContents()).toEqual([
        'Ada Winter',
        '(206) 555-0147',
        // A call that was given up before its name came.
        'Ada Winter (last known name)',
      ])
      for (const row of await popup.locator('.call-row').all())
        expect((await row.boundingBox())?.height).toBeLessThan(54)
    })
    await step('are live: a late event changes what today adds up to on the open popup', async () => {
      // The phone had rung two seconds longer than was known.
      const eventTime = new Date(startMs + MINUTE_MS - 1900).toISOString()
      const party = { extensionId: ME, from: { phoneNumber: '+12065550147' }, to: { extensionId: ME } }
      const parties = [buildParty({ id: 'p-s-missed-grace-2', ...party, status: { code: 'Proceeding' } })]
      const late = buildEnvelope({ telephonySessionId: 's-missed-grace', sequence: 1, eventTime, parties })
      await scene.platform.deliver({ ...late, event: ACCOUNT_EVENT })
      await expect.poll(() => tile('Ring').locator('.value').textContent()).toBe('0:15')
    })
  })
})

describe('a note', () => {
  it('is written in the popup and is there after the worker was ended', async () => {
    const other = await scene.openPopup()
    const [call, elsewhere] = [popup, other].map((page) =>
      page.locator('details.call', { hasText: 'Ada Winter' }).first(),
    )
    if (call === undefined || elsewhere === undefined) throw new Error('both should show the call')
    await call.locator('summary').click()
    await elsewhere.locator('summary').click()
    await call.getByLabel('Note').fill('wants the blue one')
    await call.getByLabel('Tags').fill('VIP, bikes')
    await call.getByLabel('Tags').blur()
    await expect.poll(() => elsewhere.getByLabel('Tags').inputValue()).toBe('VIP, bikes')
    expect(await elsewhere.getByLabel('Note').inputValue()).toBe('wants the blue one')
    await other.close()
    await scene.browser.endWorker()
    await popup.reload()
    await call.locator('summary').click()
    await expect.poll(() => call.getByLabel('Note').inputValue()).toBe('wants the blue one')
    expect(await call.getByLabel('Tags').inputValue()).toBe('VIP, bikes')
  })
})

it('hides the ends of numbers with one click, for a screen that others see', async () => {
  const who = popup.locator('details.call .who').nth(1)
  await expect.poll(() => who.textContent()).toBe('(206) 555-0147')
  await popup.getByRole('button', { name: 'Hide numbers' }).click()
  await expect.poll(() => who.textContent()).toBe('(206) 555-••••')
  await popup.getByRole('button', { name: 'Show numbers' }).click()
  await expect.poll(() => who.textContent()).toBe('(206) 555-0147')
})

it('says how each call came out in whole words', async () => {
  const call = { direction: 'Inbound', phoneNumber: '+493023125012', name: 'Wolfgang Amadeus Hohenstein' } as const
  const told = { ...call, telephonySessionId: 's-voicemail', startedMs: startMs + 2 * MINUTE_MS }
  await tellCall(scene, told, ['Setup', 'Proceeding', 'VoiceMail', 'Disconnected'])
  await expect.poll(states).toContainEqual('Went to voicemail')
  const cut = await popup
    .locator('details.call .came-out *:not(.unseen)')
    .evaluateAll((all) =>
      all
        .filter(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
          [scrollWidth - clientWidth, scrollHeight - clientHeight].some((over) => over > 0),
        )
        .map(({ textContent }) => textContent),
    )
  expect(cut).toEqual([])
  await takePicture(popup, 'popup-outcomes-light')
})

it('has no barriers and nothing cut off in the dark, and says what can’t be done without the relay', async () => {
  await popup.emulateMedia({ colorScheme: 'dark' })
  expect(await findBarriers(popup)).toEqual([])
  await takePicture(popup, 'popup-dark', { fullPage: true })
  expect(await popup.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(380)
  scene.platform.placeCall({ from: '+14085550123', to: ME })
  await popup.locator('.live').getByRole('button', { name: 'Decline' }).waitFor()
  await scene.stopRelay()
  await popup.getByRole('button', { name: 'Try again' }).waitFor()
  expect(await popup.locator('.live').getByRole('button', { name: 'Decline' }).isDisabled()).toBe(true)
  expect(await waiting().getByRole('button', { name: 'Call back' }).isDisabled()).toBe(true)
  await takePicture(popup, 'popup-lost-dark', { fullPage: true })
  expect(await findBarriers(popup)).toEqual([])
  await scene.startRelay()
  // It comes back by itself as well, perhaps before the click.
  const live = popup.getByText('Live', { exact: true })
  await popup.getByRole('button', { name: 'Try again' }).or(live).first().click()
  await live.waitFor()
})
