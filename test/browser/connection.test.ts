import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { takePicture } from '../support/browser/picture.ts'
import { eventually } from '../support/eventually.ts'
import { restampStream } from '../support/restamp.ts'
import { step } from '../support/step.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

let scene: Scene

beforeEach(async () => {
  scene = await openScene()
  // However long this takes: the card is there until it is put away.
  await scene.bare.keepSetting('endedCard', 'untilClosed')
  await signInAs(scene, 'Bea Lindqvist')
})
afterEach(() => scene?.close())

describe('a relay that goes away', () => {
  it('is shown, with no time that is not known, and what was missed follows when it is back', async () => {
    const { card } = await scene.openCrm()
    const events = restampStream('pstn-to-user', Date.now() - 20_000)
    for (const { envelope } of events.slice(0, 7)) await scene.platform.deliver(envelope)
    await eventually(async () => expect((await card.read())[0]?.state).toBe('Talking'))
    expect((await card.read())[0]?.time).toMatch(/^0:\d\d$/)
    expect(await card.readLost()).toBeUndefined()

    await scene.stopRelay()
    await eventually(async () => expect(await card.readLost()).toMatch(/^Connection lost since \d/))
    expect((await card.read())[0]).not.toHaveProperty('time')
    const popup = await scene.openPopup()
    await popup.getByText(/^Lost since /).waitFor()

    await scene.startRelay()
    await expect.poll(() => scene.platform.subscriptions().length).toBe(1)
    for (const { envelope } of events.slice(7)) expect(await scene.platform.deliver(envelope)).toEqual([200])
    await popup.getByText('Live', { exact: true }).waitFor()
    await eventually(async () => expect((await card.read())[0]?.state).toBe('Ended'))
    expect(await card.readLost()).toBeUndefined()
    expect((await card.read())[0]?.figures).toEqual({ Ring: '0:07', Talk: '0:12', Hold: '0:02' })
  })
})

describe('a card while the relay is away', () => {
  it('greys what the relay carries out, each in its place, says why, and tries again when it is asked to', async () => {
    const { card, page } = await scene.openCrm()
    const call = scene.platform.placeCall({ from: '+14085550123', to: '400102' })
    call.answer()
    await eventually(async () => expect((await card.read())[0]?.state).toBe('Talking'))
    await eventually(async () => expect(await card.has('Hold')).toBe(true))
    const places = () => Promise.all(SLOTS.map((slot) => card.box(slot)))
    const greyed = () => Promise.all(SLOTS.map((slot) => card.property(slot, 'data-greyed')))
    const refusal = async () => (await card.texts('article .problem')).join('')
    const before = await places()
    const all = (what: string) => SLOTS.map(() => what)
    expect(await greyed()).toEqual(all('false'))

    // By itself it would come back some hours later.
    await (await scene.browser.worker()).evaluate('Math.random = () => 60_000')
    await scene.stopRelay()
    await eventually(async () => expect(await greyed()).toEqual(all('true')))
    expect(await places()).toEqual(before)
    await step('says why at a click, on a button and on what opens a form', async () => {
      expect(await refusal()).toBe('')
      await card.click(TRANSFER)
      await eventually(async () => expect(await refusal()).toBe('Not while the connection is lost.'))
      await card.click(HANG_UP)
      expect(await refusal()).toBe('Not while the connection is lost.')
      expect(await card.texts('[role="combobox"]')).toEqual([])
      expect(await places()).toEqual(before)
      expect(call.state()).toBe('talking')
    })
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      await takePicture(page, `card-lost-${colorScheme}`)
    }
    expect(await card.findBarriers()).toEqual([])

    await scene.startRelay()
    await card.click('.lost button')
    await eventually(async () => expect(await greyed()).toEqual(all('false')))
    expect(await places()).toEqual(before)
    expect([await card.readLost(), await refusal()]).toEqual([undefined, ''])
    // A call that is over has no such button any more.
    await eventually(async () => {
      if (call.state() !== 'ended') await card.press('Hang up')
      expect(call.state()).toBe('ended')
    })
  })
})

const [HOLD, TRANSFER, HANG_UP] = [1, 3, 7].map((place) => `.actions > .row > :nth-child(${place})`) as [
  string,
  string,
  string,
]
const SLOTS = [HOLD, TRANSFER, HANG_UP]

describe('a relay that cannot go on where the browser stopped', () => {
  it('is said to have left a gap, today and after a restart of the worker', async () => {
    for (const { envelope } of restampStream('pstn-to-user', Date.now() - 60_000))
      await scene.platform.deliver(envelope)
    const popup = await scene.openPopup()
    await popup.locator('details').waitFor()
    const gap = popup.getByText(/^Calls from before .+ may be incomplete\./)
    expect(await gap.count()).toBe(0)
    await scene.stopRelay()
    await scene.startRelay({ RELAY_VISIBILITY: 'own' })
    await gap.waitFor()
    await scene.browser.endWorker()
    await popup.reload()
    await gap.waitFor()
    expect(await popup.locator('details').count()).toBe(1)
  })
})

describe('what is over', () => {
  it('opens no card when it is first heard of, and is in the list all the same', async () => {
    const { page } = await scene.openCrm()
    const popup = await scene.openPopup()
    const events = restampStream('pstn-to-user', Date.now() - 40_000)
    for (const { envelope } of [...events].reverse()) await scene.platform.deliver(envelope)
    await popup.locator('details').waitFor()
    expect(await page.locator('ringside-card').count()).toBe(0)
    expect(await popup.locator('details .times > span').allTextContents()).toEqual([
      'Ring 0:07',
      'Talk 0:12',
      'Hold 0:02',
    ])
  })

  it('is repaired by a late event, without a card', async () => {
    const { page } = await scene.openCrm()
    const popup = await scene.openPopup()
    const events = restampStream('pstn-to-user', Date.now() - 600_000)
    const late = events.find(({ sequence }) => sequence === 9)
    for (const { envelope } of events.filter((event) => event !== late).reverse())
      await scene.platform.deliver(envelope)
    await expect
      .poll(() => popup.locator('details .times > span').allTextContents())
      .toEqual(['Ring ≈ 0:07', 'Talk ≈ 0:14'])
    await scene.platform.deliver(late?.envelope)
    await expect
      .poll(() => popup.locator('details .times > span').allTextContents())
      .toEqual(['Ring 0:07', 'Talk 0:12', 'Hold 0:02'])
    expect(await page.locator('ringside-card').count()).toBe(0)
  })

  it('is known to miss an event where every event is delivered', async () => {
    const events = restampStream('pstn-to-user', Date.now() - 600_000)
    for (const { envelope } of events.filter(({ sequence }) => sequence !== 9)) await scene.platform.deliver(envelope)
    const popup = await scene.openPopup()
    await popup.locator('details summary').click()
    await popup.getByText('An estimate, because these events are missing: #9.').waitFor()
    await popup.getByText('Why?').click()
    // The ring was over before: it is exact all the same.
    expect((await popup.locator('.evidence .exact').allInnerTexts()).slice(0, 3)).toEqual([
      '7.345 s',
      '≈ 14.807 s',
      '≈ 0.000 s',
    ])
  })
})
