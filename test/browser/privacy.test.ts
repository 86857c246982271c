import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../shared/time.ts'
import { findBarriers } from '../support/browser/axe.ts'
import { takePicture } from '../support/browser/picture.ts'
import { signIn } from '../support/browser/sign-in.ts'
import { eventually } from '../support/eventually.ts'
import { restampStream } from '../support/restamp.ts'
import { step } from '../support/step.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** What others may see, what is kept and for how long, and what the person is reminded of. */

let scene: Scene
let settings: Page

beforeEach(async () => {
  scene = await openScene({ grantedPermissions: ['notifications'] })
  await signInAs(scene, 'Bea Lindqvist')
  settings = await scene.browser.open('options.html')
  await settings.getByText('Signed in as Bea Lindqvist').waitFor()
})
afterEach(() => scene?.close())

const section = (title: string) => settings.locator('section', { has: settings.getByRole('heading', { name: title }) })

/** The notifications that are up, by id. */
const readNotices = () => settings.evaluate<Record<string, boolean>>('chrome.notifications.getAll()')
const readBadge = async () => ({
  text: await settings.evaluate<string>('chrome.action.getBadgeText({})'),
  color: await settings.evaluate<number[]>('chrome.action.getBadgeBackgroundColor({})'),
})
const AMBER = [138, 90, 0, 255]

/** A finished call that began at a moment. */
async function deliver(startMs: number): Promise<void> {
  for (const { envelope } of restampStream('pstn-to-user', startMs)) await scene.platform.deliver(envelope)
}

/** Finished calls in the popup's list, once it is drawn. */
async function countCalls(): Promise<number> {
  const popup = await scene.openPopup()
  await popup.getByText('Last calls').waitFor()
  const count = await popup.locator('.call').count()
  await popup.close()
  return count
}

describe('numbers that somebody else might see', () => {
  it('are hidden on cards and in the popup at once, and shown again', async () => {
    const mask = section('Privacy').getByLabel('Hide the last digits of phone numbers')
    const { page, card } = await scene.openCrm('/contacts')
    const popup = await scene.openPopup()
    // Somebody without a name, so that the number stands for them.
    const call = scene.platform.placeCall({ from: '+13125550142', to: '400102' })
    const shows = async (number: string) => {
      await eventually(async () => expect((await card.read())[0]?.name).toBe(number))
      await popup.locator('.live .who').getByText(number, { exact: true }).waitFor()
    }
    await shows('(312) 555-0142')
    await mask.click()
    await settings.getByText('Numbers are hidden now').waitFor()
    await shows('(312) 555-••••')
    await takePicture(page, 'card-masked')
    await scene.browser.endWorker()
    await shows('(312) 555-••••')
    call.answer()
    call.hangUp('agent')
    await mask.click()
    await settings.getByText('Numbers are shown in full again.').waitFor()
    await eventually(async () => expect((await card.read())[0]?.name).toBe('(312) 555-0142'))
    await popup.close()
    await page.close()
  })
})

describe('a call that is forgotten on hold', () => {
  it('turns the badge amber and is notified of, until it is taken up again', async () => {
    const alerts = section('Reminders')
    for (const label of ['Amber badge after', 'Notification after']) {
      await alerts.getByLabel(label).first().fill('1')
      await alerts.getByLabel(label).first().press('Enter')
      await alerts.getByText('Saved. It applies from now on.').waitFor()
    }
    const call = scene.platform.placeCall({ from: '+14085550123', to: '400102' })
    call.answer()
    call.hold()
    await eventually(async () => {
      const { text, color } = await readBadge()
      expect(text).toMatch(/^\d+s$/)
      expect(color).toEqual(AMBER)
    })
    const id = `alert:hold:${call.telephonySessionId}`
    await eventually(async () => expect(Object.keys(await readNotices())).toContain(id))

    const { page, card } = await scene.openCrm('/contacts')
    await eventually(async () => expect(await card.texts('.state[data-held="tooLong"]')).toHaveLength(1))
    await takePicture(page, 'card-held-too-long')

    call.unhold()
    await eventually(async () => expect(Object.keys(await readNotices())).not.toContain(id))
    await eventually(async () => expect(await card.texts('.state[data-held]')).toEqual([]))
    expect((await readBadge()).text).not.toMatch(/s$/)
    call.hangUp('agent')
    await page.close()
  })
})

describe('how long things are kept', () => {
  it('is asked about before it gets shorter, and holds at once', async () => {
    await step('is asked about before it gets shorter, and refuses what is no number of days', async () => {
      const privacy = section('Privacy')
      const events = privacy.getByLabel('Events behind the figures')
      await events.fill('0')
      await events.press('Enter')
      await privacy.getByText('Enter a whole number of days from 1 to 3,650.').waitFor()
      expect(await events.inputValue()).toBe('30')
      await events.fill('7')
      await events.press('Enter')
      await privacy.getByText('Anything older will be deleted at once').waitFor()
      await privacy.getByRole('button', { name: 'Leave as it was' }).click()
      expect(await events.inputValue()).toBe('30')
      await events.fill('60')
      await events.press('Enter')
      await privacy.getByText('Saved.', { exact: true }).waitFor()
    })
    await step('holds at once for what is older already', async () => {
      // From its end, as what comes late does: it has no card that would hold it.
      for (const { envelope } of restampStream('pstn-to-user', Date.now() - 40 * DAY_MS).toReversed())
        await scene.platform.deliver(envelope)
      await eventually(async () => expect(await countCalls()).toBe(1))
      const privacy = section('Privacy')
      const calls = privacy.getByLabel('Calls with their figures')
      await calls.fill('20')
      await calls.press('Enter')
      await privacy.getByRole('button', { name: 'Delete what is older' }).click()
      await privacy.getByText('Saved. Anything older is deleted').waitFor()
      await eventually(async () => expect(await countCalls()).toBe(0))
    })
  })
})

describe('everything that is kept', () => {
  it('can be taken along in one file', async () => {
    const events = section('Privacy').getByLabel('Events behind the figures')
    await events.fill('60')
    await events.press('Enter')
    await section('Privacy').getByText('Saved.', { exact: true }).waitFor()
    await deliver(Date.now() - 60_000)
    const popup = await scene.openPopup()
    await popup.locator('details').first().waitFor()
    await popup.close()
    const download = settings.waitForEvent('download')
    await section('Privacy').getByRole('button', { name: 'Export everything' }).click()
    const file = await download
    expect(file.suggestedFilename()).toMatch(/^ringside-everything-\d{4}-\d\d-\d\d\.json$/)
    const text = await readFile(await file.path(), 'utf8')
    const everything = JSON.parse(text)
    expect(everything).toMatchObject({ format: 'ringside-everything', person: { extensionId: '400102' } })
    expect(everything.settings).toMatchObject({ keeping: { eventDays: 60 } })
    const call = everything.calls.find(({ talkMs }: { readonly talkMs: number }) => talkMs === 12414)
    expect(call).toMatchObject({ ringMs: 7345, holdMs: 2393 })
    const its = (one: { readonly telephonySessionId: string }) => one.telephonySessionId === call.telephonySessionId
    expect(everything.events.filter(its)).toHaveLength(restampStream('pstn-to-user', 0).length)
    expect(text).not.toMatch(/"token"/)
  })

  it('can be wiped, does not come back, and what happens next is kept again', async () => {
    await deliver(Date.now() - 60_000)
    await eventually(async () => expect(await countCalls()).toBe(1))
    const privacy = section('Delete data')
    await privacy.getByRole('button', { name: 'Delete everything' }).click()
    await privacy.getByText('All calls, events, notes and contacts of Bea Lindqvist will be deleted.').waitFor()
    await takePicture(settings, 'privacy-wipe', { fullPage: true })
    await privacy.getByRole('button', { name: 'Delete everything' }).click()
    await privacy.getByText('Deleted. Calls, events, notes and contacts are gone from this browser.').waitFor()
    const popup = await scene.openPopup()
    await popup.getByText('No calls yet.').waitFor()
    // The worker goes on behind what it had: nothing of before comes from the relay once more.
    await popup.getByText('Live', { exact: true }).waitFor()
    await scene.browser.endWorker()
    await popup.reload()
    await popup.getByText('Live', { exact: true }).waitFor()
    await popup.getByText('No calls yet.').waitFor()
    await deliver(Date.now() - 60_000)
    await eventually(async () => expect(await popup.locator('details').count()).toBe(1))
    await popup.close()
  })

  it('is offered to be wiped to whoever signs out, and to whoever comes after them', async () => {
    await deliver(Date.now() - 60_000)
    await eventually(async () => expect(await countCalls()).toBe(1))
    const person = section('Account')
    await person.getByRole('button', { name: 'Sign out' }).click()
    await person.getByRole('button', { name: 'Delete the data of Bea Lindqvist' }).waitFor()
    // There, and not a second time further down.
    expect(await settings.getByRole('button', { name: 'Delete the data of Bea Lindqvist' }).count()).toBe(1)
    await signIn(scene.browser, settings, 'Sam Okafor')
    const privacy = section('Delete data')
    await privacy.getByRole('button', { name: 'Delete the data of Bea Lindqvist' }).click()
    await privacy.getByRole('button', { name: 'Delete everything' }).last().click()
    await privacy.getByText('Deleted.').last().waitFor()
    await privacy.getByRole('heading', { name: 'Previous users of this browser' }).waitFor({ state: 'detached' })
    await person.getByRole('button', { name: 'Sign out' }).click()
    await signIn(scene.browser, settings, 'Bea Lindqvist')
    const popup = await scene.openPopup()
    await popup.getByText('No calls yet.').waitFor()
    await popup.close()
  })
})

it('nobody finds a barrier in these settings, in light and dark', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await settings.emulateMedia({ colorScheme })
    expect(await findBarriers(settings, { isColoursOnly: colorScheme === 'dark' })).toEqual([])
    await takePicture(section('Reminders'), `alerts-${colorScheme}`)
    await takePicture(section('Privacy'), `privacy-${colorScheme}`)
  }
})
