import type { Page } from 'playwright-core'
import { afterEach, expect, it } from 'vitest'
import { DAY_MS, MINUTE_MS } from '../../shared/time.ts'
import { findCutOff } from '../support/browser/cut-off.ts'
import { takePicture } from '../support/browser/picture.ts'
import { eventually } from '../support/eventually.ts'
import { step } from '../support/step.ts'
import { planYear, tellCalls } from '../year/year.ts'
import { putAway } from './put-away.ts'
import { openScene, type Scene, signInAs } from './scene.ts'
import { missCall, tellCall } from './tell-calls.ts'

/** A number, or a time, is drawn as a whole or not at all: without its end it is another one. */

const ME = '400102'
const LONG_NAME = 'Maximiliane von Hohenstein-Württemberg und Töchter'
/** As long as numbers are, with names and without. */
const CUSTOMERS = [
  { phoneNumber: '+8613800138000' },
  { phoneNumber: '+5511987654321' },
  { phoneNumber: '+4915123456789', name: LONG_NAME },
  { phoneNumber: '+12065550147' },
  { phoneNumber: '+14085550123', name: 'Ada Winter' },
]
const DAYS = 7
/** Calls of today, whatever the hour is. */
const EARLIER_MS = 10 * 3600 * 1000

let scene: Scene

afterEach(() => scene?.close())

const todayMs = () => Math.floor(Date.now() / DAY_MS) * DAY_MS

async function open(language: string): Promise<void> {
  scene = await openScene({ language })
  // However long this takes: what is over is on the card until it is put away.
  await scene.bare.keepSetting('endedCard', 'untilClosed')
  const common = { seed: 5, extensionId: ME, customers: CUSTOMERS }
  const plans = [
    ...planYear({ ...common, calls: 60, fromMs: todayMs() - DAYS * DAY_MS, days: DAYS }),
    ...planYear({ ...common, seed: 6, calls: 20, fromMs: todayMs() - EARLIER_MS, days: 1 }),
  ].filter(({ startsAtMs }) => startsAtMs < Date.now() - DAY_MS / 24)
  await signInAs(scene, 'Bea Lindqvist', tellCalls(plans))
  // Each has called twice just now, a day ago or both, and waits.
  for (const [index, customer] of CUSTOMERS.entries()) {
    for (const [time, agoMs] of [MINUTE_MS, (index % 2) * DAY_MS + 2 * MINUTE_MS].entries()) {
      const telephonySessionId = `s-missed-${index}-${time}`
      await missCall(scene, { ...customer, telephonySessionId, startedMs: Date.now() - agoMs - index * 1000 })
    }
  }
  const [first = { phoneNumber: '' }] = CUSTOMERS
  const back = {
    ...first,
    telephonySessionId: 's-back',
    direction: 'Outbound',
    startedMs: Date.now() - 20_000,
  } as const
  await tellCall(scene, back, ['Setup', 'Answered', 'Disconnected'])
}

async function expectWhole(page: Page, name: string): Promise<void> {
  await takePicture(page, name)
  expect(await findCutOff(page), name).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
}

/** Whether the popup has room for a name at its head. */
function isNameWhole(popup: Page, name: string): Promise<boolean> {
  return popup.locator('h1').evaluate((head, text) => {
    head.textContent = text
    return head.scrollWidth <= head.clientWidth && head.scrollHeight <= head.clientHeight
  }, name)
}

it.each(['en', 'de'])('in the popup, in %s', async (language) => {
  await open(language)
  const popup = await scene.openPopup()
  await popup.locator('.to-return li').nth(1).waitFor()
  await popup.locator('.call-row').nth(9).waitFor()
  // Beside a scroll bar, as Chrome's popup has one.
  expect(await popup.evaluate(() => document.documentElement.clientWidth)).toBeLessThan(380)
  await step('at first', () => expectWhole(popup, `whole-popup-${language}`))
  await step('all who wait', async () => {
    const more = popup.locator('.to-return > .link')
    if ((await more.count()) > 0) await more.click()
    await expectWhole(popup, `whole-popup-waiting-${language}`)
  })
  await step('behind every figure of today', async () => {
    const tiles = popup.locator('.tile')
    for (let index = 0; index < (await tiles.count()); index++) {
      await tiles.nth(index).click()
      await popup.locator('.tile[aria-pressed=true]').waitFor()
      await expectWhole(popup, `whole-popup-tile-${index}-${language}`)
      await tiles.nth(index).click()
    }
  })
  await step('a call taken apart', async () => {
    await popup.locator('.call-row summary').first().click()
    await popup.locator('.call-figures').waitFor()
    await expectWhole(popup, `whole-popup-opened-${language}`)
    await popup.locator('.call-row summary').first().click()
  })
  await step('whom somebody looks for', async () => {
    for (const typed of ['138 0013', 'Hohenstein']) {
      await popup.locator('.find').fill(typed)
      await popup.locator('.person').first().waitFor()
      await expectWhole(popup, `whole-popup-${typed}-${language}`)
    }
    await popup.locator('.find').fill('')
  })
  await step('calls that go on', async () => {
    scene.platform.placeCall({ from: '+8613800138000', to: ME })
    scene.platform.placeCall({ from: '+14085550123', to: ME }).answer()
    await eventually(async () => expect(await popup.locator('.live li').count()).toBe(2))
    await expectWhole(popup, `whole-popup-live-${language}`)
  })
  await step('without the relay, as narrow as it may be, under the whole name', async () => {
    await scene.stopRelay()
    await popup.setViewportSize({ width: 360, height: 600 })
    await popup.locator('.connection[data-state=lost]').waitFor()
    await expectWhole(popup, `whole-popup-lost-${language}`)
    expect(await isNameWhole(popup, 'Bea Lindqvist')).toBe(true)
    expect(await isNameWhole(popup, 'Alexandra Papadopoulou')).toBe(true)
    expect(await isNameWhole(popup, LONG_NAME)).toBe(false)
  })
  await step('what is cut off would be found', async () => {
    await popup.addStyleTag({ content: '.to-return .who { flex: none; width: 60px; overflow: hidden }' })
    expect(await findCutOff(popup)).not.toEqual([])
  })
})

it.each(['en', 'de'])('in the reports, in %s', async (language) => {
  await open(language)
  const reports = await scene.browser.open('reports.html')
  await reports.setViewportSize({ width: 1200, height: 900 })
  await reports.locator('.tile[data-name=callerWait] .figure').waitFor()
  await step('the overview', async () => {
    await reports.locator('.top[data-kind=numbers]').waitFor()
    await expectWhole(reports, `whole-reports-${language}`)
  })
  await reports.goto(`${reports.url()}&view=calls`)
  await reports.reload()
  await reports.locator('.calls-body .calls-row').nth(10).waitFor()
  for (const width of [1200, 700]) {
    await reports.setViewportSize({ width, height: 900 })
    await step(`the list, ${width} pixels wide`, () => expectWhole(reports, `whole-reports-list-${width}-${language}`))
  }
  await reports.setViewportSize({ width: 1200, height: 900 })
  await reports.locator('.calls-body .calls-row').first().click()
  await reports.locator('.detail-pane .call-figures').waitFor()
  await step('a call beside its list', () => expectWhole(reports, `whole-reports-pane-${language}`))
})

it.each(['en', 'de'])('on the card, in %s', async (language) => {
  await open(language)
  const { page, card } = await scene.openCrm('/contacts/grace-okonkwo')
  const [unnamed = { phoneNumber: '' }, , named = { phoneNumber: '' }] = CUSTOMERS
  const cards = () => card.texts('article')
  // What was called a moment ago, which would come beside the first call.
  await eventually(async () => expect(await cards()).not.toEqual([]))
  const expectWholeCard = async (name: string) => {
    await takePicture(page, `whole-card-${name}-${language}`)
    expect(await card.findCutOff(), name).toEqual([])
  }
  for (const [name, from] of Object.entries({ unnamed: unnamed.phoneNumber, named: named.phoneNumber })) {
    await putAway(card)
    const call = scene.platform.placeCall({ from, to: ME })
    await eventually(async () => expect(await card.texts('.calls')).toHaveLength(1))
    await step(`${name}, ringing`, () => expectWholeCard(`${name}-ringing`))
    await step(`${name}, who called before`, async () => {
      await card.click('.calls')
      await eventually(async () => expect(await card.texts('.last-calls li')).not.toEqual([]))
      await expectWholeCard(`${name}-calls`)
    })
    call.hangUp('caller')
    await eventually(async () => expect(await card.texts('.over')).toHaveLength(1))
    await step(`${name}, missed`, () => expectWholeCard(`${name}-missed`))
  }
  const ringing = language === 'de' ? 'Klingelt' : 'Ringing'
  await step('several, those that are over on a line', async () => {
    const missed = scene.platform.placeCall({ from: unnamed.phoneNumber, to: ME })
    // One that is over when it is first heard of opens no card.
    await eventually(async () => expect((await card.read()).map(({ state }) => state)).toContain(ringing))
    missed.hangUp('caller')
    const held = scene.platform.placeCall({ from: '+5511987654321', to: ME })
    held.answer()
    held.hold()
    scene.platform.placeCall({ from: '+14085550123', to: ME }).answer()
    scene.platform.placeCall({ from: '+12065550147', to: ME })
    await eventually(async () => expect((await cards()).length).toBeGreaterThan(3))
    await expectWholeCard('several')
  })
})
