import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { measureDistribution } from '../../shared/metrics/distribution.ts'
import { DAY_MS, SECOND_MS } from '../../shared/time.ts'
import { createCardReader } from '../support/browser/card.ts'
import { canOpenDisplay, openDisplay, type VirtualDisplay } from '../support/browser/display.ts'
import { eventually } from '../support/eventually.ts'
import { planYear, tellCalls } from '../year/year.ts'
import { clock, countCalls, dayOf, tallyOf } from './counted-calls.ts'
import { closeLentBrowsers } from './lent-browser.ts'
import { openScene, type Scene, signInAs } from './scene.ts'
import { missCall } from './tell-calls.ts'

/**
 * What people do most, by how many clicks or keys it takes; the seconds that pass meanwhile are said at the end, and of the machine alone:
 * nobody reads or thinks in them. Pages are opened as the toolbar's icon and Chrome open them, which is counted as a click.
 */

const BEA = '400102'
const ADA = '+14085550123'

interface Told {
  readonly task: string
  readonly clicks: number
  readonly keys: number
  readonly seconds: number
}

const told: Told[] = []
let scene: Scene

afterEach(() => scene?.close())
afterAll(() => {
  console.log('Clicks, keys and seconds of the machine:')
  for (const { task, clicks, keys, seconds } of told)
    console.log(`  ${task}: ${clicks} clicks, ${keys} keys, ${seconds.toFixed(1)} s`)
})

interface Counter {
  /** Opens a page by a click outside all pages. */
  open<P>(opening: () => Promise<P>): Promise<P>
  press(key: () => Promise<void> | void): Promise<void>
}

/** Does something while what is clicked on any page is counted there, by the page itself. */
async function count(task: string, act: (counter: Counter) => Promise<void>): Promise<Told> {
  const { context } = scene.browser
  await context.addInitScript(countInPage)
  for (const page of context.pages()) await page.evaluate(countInPage)
  let outside = 0
  let keys = 0
  const startMs = performance.now()
  await act({
    open: (opening) => {
      outside += 1
      return opening()
    },
    press: async (key) => {
      keys += 1
      await key()
    },
  })
  const seconds = (performance.now() - startMs) / SECOND_MS
  const counted = { task, clicks: outside + (await sumClicks(context)), keys, seconds }
  told.push(counted)
  return counted
}

function countInPage(): void {
  const counting = window as typeof window & { clicksHere?: number }
  if (counting.clicksHere !== undefined) return
  counting.clicksHere = 0
  // Of the mouse: Enter on a button makes a click as well.
  addEventListener(
    'click',
    ({ isTrusted, detail }) =>
      void (isTrusted && detail > 0 && counting.clicksHere !== undefined && counting.clicksHere++),
    { capture: true },
  )
}

async function sumClicks(context: BrowserContext): Promise<number> {
  const counts = await Promise.all(
    context
      .pages()
      .map((page) => page.evaluate(() => (window as typeof window & { clicksHere?: number }).clicksHere ?? 0)),
  )
  return counts.reduce((sum, one) => sum + one, 0)
}

it('install to the first card: a click', async () => {
  scene = await openScene({ grantedSites: [], keepsWelcome: true })
  const { welcome } = scene.browser
  if (welcome === undefined) throw new Error('the welcome page should have been opened at install')
  await welcome.bringToFront()
  const card = await createCardReader(welcome)
  const counted = await count('install to the first card', async () => {
    await welcome.getByRole('button', { name: 'See a sample call' }).click()
    await eventually(async () => expect((await card.read())[0]?.state).toBe('Ringing'))
  })
  expect(counted).toMatchObject({ clicks: 1, keys: 0 })
})

describe('somebody who was missed is called back', () => {
  beforeEach(async () => {
    scene = await openScene()
    await scene.bare.keepSetting('endedCard', 'untilClosed')
    await signInAs(scene, 'Bea Lindqvist')
  })

  const isRinging = () =>
    eventually(() => expect(scene.platform.requests().filter(({ path }) => path.endsWith('/call-out'))).toHaveLength(1))

  it('from the toolbar: two clicks', async () => {
    await missCall(scene, { telephonySessionId: 's-missed', phoneNumber: ADA, startedMs: Date.now() - 60_000 })
    const counted = await count('missed call to the ringing phone, from the toolbar', async ({ open }) => {
      const popup = await open(scene.openPopup)
      await popup
        .locator('.to-return')
        .getByRole('button', { name: /^Call back/ })
        .click()
      await popup.getByText('Your phone is ringing.').waitFor()
      await isRinging()
    })
    expect(counted).toMatchObject({ clicks: 2, keys: 0 })
  })

  it('from the card: a click', async () => {
    const { card } = await scene.openCrm()
    const call = scene.platform.placeCall({ from: ADA, to: BEA })
    // One that is over when it is first heard of opens no card.
    await eventually(async () => expect((await card.read())[0]?.state).toBe('Ringing'))
    call.hangUp('caller')
    await eventually(async () => expect((await card.read())[0]?.state).toBe('Caller hung up'))
    // A button that has just come up takes no click yet: nobody is that fast.
    await eventually(async () => expect(await card.property('.actions > .row button', 'data-ready')).toBe('true'))
    const counted = await count('missed call to the ringing phone, from the card', async () => {
      await card.click('.actions > .row button')
      await isRinging()
    })
    expect(counted).toMatchObject({ clicks: 1, keys: 0 })
  })
})

it('how long somebody held three days ago: two clicks', async () => {
  // Of the week up to today every day, and each weekday once.
  const fromMs = Date.parse(dayOf(Date.now() - 3 * DAY_MS))
  const weekday = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'UTC' }).format(fromMs)
  const past = tellCalls(planYear({ calls: 40, seed: 3, fromMs, days: 1, extensionId: BEA }))
  scene = await openScene()
  await signInAs(scene, 'Bea Lindqvist', past)
  const held = measureDistribution(tallyOf(countCalls(past, BEA)).distributions.hold).sumMs
  expect(held).toBeGreaterThan(0)
  const counted = await count('hold three days ago', async ({ open }) => {
    const popup = await open(scene.openPopup)
    const opened = scene.browser.context.waitForEvent('page')
    await popup.getByRole('button', { name: 'Reports' }).click()
    const reports = await opened
    await eventually(async () => expect(await readUnder(reports, weekday)).toBe(clock(held)))
  })
  expect(counted).toMatchObject({ clicks: 2, keys: 0 })
})

/** The hold that stands under a weekday. */
function readUnder(reports: Page, weekday: string): Promise<string | undefined> {
  return reports.evaluate((wanted) => {
    const heads = [...document.querySelectorAll('.week thead th')]
    const index = heads.findIndex(({ textContent }) => textContent === wanted)
    return document.querySelectorAll('.week [data-name=hold] td')[index]?.textContent ?? undefined
  }, weekday)
}

it('the card goes on when the relay is back: no click', async () => {
  scene = await openScene()
  await signInAs(scene, 'Bea Lindqvist')
  const { card } = await scene.openCrm()
  scene.platform.placeCall({ from: ADA, to: BEA }).answer()
  await eventually(async () => expect((await card.read())[0]?.state).toBe('Talking'))
  await scene.stopRelay()
  await eventually(async () => expect(await card.readLost()).toBeDefined())
  const counted = await count('relay back to the card live again, its start included', async () => {
    await scene.startRelay()
    await eventually(async () => expect(await card.readLost()).toBeUndefined())
  })
  expect(counted).toMatchObject({ clicks: 0, keys: 0 })
})

const hasDisplay = canOpenDisplay()
if (!hasDisplay) console.warn('skipped: keys that Chrome takes need Xvfb and xdotool, which are not on this machine')

describe.runIf(hasDisplay)('a call is answered and put on hold', () => {
  let display: VirtualDisplay

  beforeEach(async () => {
    display = await openDisplay()
    scene = await openScene({ isHeadless: false, display: display.name })
    await signInAs(scene, 'Bea Lindqvist')
  })
  afterEach(async () => {
    await closeLentBrowsers()
    await display?.close()
  })

  it('by three keys', async () => {
    const { page, card } = await scene.openCrm()
    const isReady = (selector: string) =>
      eventually(async () => expect(await card.property(selector, 'data-ready')).toBe('true'))
    await page.bringToFront()
    scene.platform.placeCall({ from: ADA, to: BEA })
    await eventually(async () => expect(await card.texts('.slot.primary')).toEqual(['Answer']))
    await isReady('.slot.primary')
    const counted = await count('ringing call to on hold, by keys', async ({ press }) => {
      await press(() => display.press('alt+shift+k'))
      await eventually(async () => expect(await card.focused()).toBe('Answer'))
      await press(() => display.press('Return'))
      await eventually(async () => expect(await card.focused()).toBe('Hold'))
      await isReady('.slot:focus')
      await press(() => display.press('Return'))
      await eventually(async () => expect((await card.read())[0]?.state).toBe('On hold'))
    })
    expect(counted).toMatchObject({ clicks: 0, keys: 3 })
  })
})
