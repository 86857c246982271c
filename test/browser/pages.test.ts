import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CardReader } from '../support/browser/card.ts'
import { eventually } from '../support/eventually.ts'
import { restampStream } from '../support/restamp.ts'
import { putAway } from './put-away.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

let scene: Scene

beforeEach(async () => {
  scene = await openScene()
  await signInAs(scene, 'Bea Lindqvist')
})
afterEach(() => scene?.close())

const states = async (card: CardReader) => (await card.read()).map(({ state }) => state)

const shows = (card: CardReader, expected: readonly string[]) =>
  eventually(async () => expect(await states(card)).toEqual(expected))

describe('one decision for all pages', () => {
  it('shows a call on every page, and a call put away on one is gone from all, until it is asked back', async () => {
    const first = await scene.openCrm()
    const second = await scene.openCrm('/contacts')
    const call = scene.platform.placeCall({ from: '+14085550123', to: '400102' })
    await shows(first.card, ['Ringing'])
    await shows(second.card, ['Ringing'])

    await second.card.click('.hide')
    await shows(first.card, [])
    await shows(second.card, [])

    const popup = await scene.openPopup()
    await popup.getByText('Ringing').waitFor()
    await popup.getByRole('button', { name: 'Show card' }).click()
    await shows(first.card, ['Ringing'])
    await popup.close()

    call.hangUp('agent')
    await shows(first.card, ['Declined'])
    await first.card.click('.hide')
    await shows(second.card, [])
    await first.page.close()
    await second.page.close()
  })

  it('stacks calls, the newest on top', async () => {
    const { page, card } = await scene.openCrm()
    const first = scene.platform.placeCall({ from: '+14085550123', to: '400102' })
    await shows(card, ['Ringing'])
    const second = scene.platform.placeCall({ from: '+12065550147', to: '400102' })
    await eventually(async () => {
      expect((await card.read()).map(({ name, via }) => name ?? via)).toEqual(['Grace Okonkwo', 'Ada Winter'])
    })
    for (const call of [first, second]) {
      call.hangUp('agent')
      await call.settled()
    }
    await shows(card, ['Declined', 'Declined'])
    await putAway(card)
    await page.close()
  })

  it('puts nothing on a page before there is a call, and leaves nothing when it is put away', async () => {
    const { page, card } = await scene.openCrm('/contacts/grace-okonkwo')
    const before = await page.content()
    const call = scene.platform.placeCall({ from: '+14085550123', to: '400102' })
    await shows(card, ['Ringing'])
    expect(await page.locator('ringside-card').count()).toBe(1)
    call.hangUp('agent')
    await shows(card, ['Declined'])
    await putAway(card)
    expect(await page.content()).toBe(before)
    await page.close()
  })

  it('keeps what it shows out of reach of the page', async () => {
    const { page, card } = await scene.openCrm('/contacts')
    const call = scene.platform.placeCall({ from: '+442079460018', to: '400102' })
    await shows(card, ['Ringing'])
    const seen = await page.evaluate(() => {
      const host = document.querySelector('ringside-card')
      return { root: host?.shadowRoot ?? null, text: host?.textContent, attributes: host?.getAttributeNames() }
    })
    expect(seen).toEqual({ root: null, text: '', attributes: ['popover'] })
    call.hangUp('agent')
    await shows(card, ['Declined'])
    await putAway(card)
    await page.close()
  })
})

describe('sites', () => {
  it('that are not granted get no card', async () => {
    const granted = await scene.openCrm()
    const page = await scene.browser.context.newPage()
    await page.goto(`${scene.crmUrl.replace('localhost', '127.0.0.1')}/contacts/ada-winter`)
    const call = scene.platform.placeCall({ from: '+14085550123', to: '400102' })
    await eventually(async () => expect(await states(granted.card)).toContain('Ringing'))
    expect(await page.locator('ringside-card').count()).toBe(0)
    call.hangUp('agent')
    await call.settled()
    await page.close()
    await granted.page.close()
  })

  it('can be removed in the settings, and get no card any more, also where one was up', async () => {
    const before = await scene.openCrm()
    const call = scene.platform.placeCall({ from: '+14085550123', to: '400102' })
    await eventually(async () => expect(await states(before.card)).toContain('Ringing'))
    const settings = await scene.browser.open('options.html')
    await settings.getByRole('button', { name: 'Remove http://localhost' }).click()
    await settings.getByText('Removed http://localhost.').waitFor()
    await settings.getByText('No site yet. Add the address of your CRM.').waitFor()
    await eventually(async () => expect(await before.page.locator('ringside-card').count()).toBe(0))
    call.hangUp('agent')
    await call.settled()
    await settings.getByLabel('Address of your CRM').fill('not an address')
    await settings.getByRole('button', { name: 'Add site' }).click()
    await settings.getByText('That isn’t a web address.').waitFor()
    await settings.close()

    const { page } = await scene.openCrm()
    const popup = await scene.openPopup()
    const events = restampStream('pstn-to-user', Date.now())
    for (const { envelope } of events.slice(0, 7)) await scene.platform.deliver(envelope)
    await popup.getByText('Talking').waitFor()
    expect(await page.locator('ringside-card').count()).toBe(0)
    await popup.close()
    await page.close()
  })
})
