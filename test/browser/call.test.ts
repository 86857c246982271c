import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { buildEnvelope, buildParty, type PartyFields } from '../support/notification.ts'
import { createRandom, shuffle } from '../support/random.ts'
import { type NumberedEnvelope, restampStream } from '../support/restamp.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

let scene: Scene

beforeEach(async () => {
  scene = await openScene()
  // However long this takes: the card is there until it is put away.
  await scene.bare.keepSetting('endedCard', 'untilClosed')
  await signInAs(scene, 'Bea Lindqvist')
})
afterEach(() => scene?.close())

/** Posts these events of a call to the webhook, each twice and all in disorder. */
async function deliverUntidily(events: readonly NumberedEnvelope[], seed: number): Promise<void> {
  for (const { envelope } of shuffle([...events, ...events], createRandom(seed))) {
    expect(await scene.platform.deliver(envelope)).toEqual([200])
  }
}

const upTo = (events: readonly NumberedEnvelope[], from: number, to: number) =>
  events.filter(({ sequence }) => sequence >= from && sequence <= to)

describe('a recorded call, delivered shuffled and twice', () => {
  it('pops up while it rings, goes through talk and hold, ends, and has its figures in the popup', async () => {
    const { page, card } = await scene.openCrm()
    const events = restampStream('pstn-to-user', Date.now() - 10_000)
    const shows = (state: string) => eventually(async () => expect((await card.read())[0]?.state).toBe(state))

    await deliverUntidily(upTo(events, 2, 7), 1)
    await shows('Ringing')
    expect((await card.read())[0]).toMatchObject({
      name: 'Ada Winter',
      number: '(408) 555-0123',
      via: 'Incoming call',
      time: expect.stringMatching(/^0:\d\d$/),
    })
    await deliverUntidily(upTo(events, 8, 8), 2)
    await shows('Talking')
    await deliverUntidily(upTo(events, 3, 9), 3)
    await shows('On hold')
    expect((await card.read())[0]?.figures).toMatchObject({ Talk: '0:04' })
    await deliverUntidily(events, 4)
    await shows('Ended')
    const [ended] = await card.read()
    expect(ended?.figures).toEqual({ Ring: '0:07', Talk: '0:12', Hold: '0:02' })
    expect(ended).not.toHaveProperty('time')
    await page.close()

    const popup = await scene.openPopup()
    const row = popup.locator('details').first()
    await expect.poll(() => row.locator('.times > span').allInnerTexts()).toHaveLength(3)
    const times = await row.locator('.times > span').allTextContents()
    expect(times).toEqual(['Ring 0:07', 'Talk 0:12', 'Hold 0:02'])
    await row.locator('summary').click()
    await row.getByText('Why?').click()
    await expect
      .poll(async () => (await row.locator('.evidence-lines > div').allInnerTexts()).slice(0, 3))
      .toEqual([
        'Ring\n7.345 s\n= Proceeding #7 → Answered #8',
        'Talk\n12.414 s\n= Answered #8 → Hold #9 + Answered #10 → Disconnected #11',
        'Hold\n2.393 s\n= Hold #9 → Answered #10',
      ])
    await popup.close()
  })

  it('has exact figures though the worker is ended in the middle, and is shown once', async () => {
    const { page, card } = await scene.openCrm()
    const events = restampStream('pstn-to-user', Date.now() - 20_000)
    const calls = async () => (await card.read()).filter(({ state }) => state !== 'Ended')

    await deliverUntidily(upTo(events, 2, 8), 5)
    await eventually(async () => expect((await calls()).map(({ state }) => state)).toEqual(['Talking']))
    await scene.browser.endWorker()
    await deliverUntidily(upTo(events, 8, 9), 6)
    await eventually(async () => expect((await calls()).map(({ state }) => state)).toEqual(['On hold']))
    await scene.browser.endWorker()
    await deliverUntidily(upTo(events, 10, 12), 7)
    await eventually(async () => expect(await calls()).toEqual([]))
    expect((await card.read())[0]?.figures).toEqual({ Ring: '0:07', Talk: '0:12', Hold: '0:02' })
    await page.close()

    const popup = await scene.openPopup()
    await popup.locator('details summary').first().click()
    await popup.getByText('Why?').click()
    await expect
      .poll(async () =>
        (await popup.locator('details').first().locator('.evidence .exact').allInnerTexts()).slice(0, 3),
      )
      .toEqual(['7.345 s', '12.414 s', '2.393 s'])
    await popup.close()
  })

  it('is shown as well as it can be when much of it is unknown', async () => {
    const { page, card } = await scene.openCrm()
    const strange = (sequence: number, parties: readonly PartyFields[]) => ({
      ...buildEnvelope({ telephonySessionId: 's-strange', sequence, parties, eventTime: new Date().toISOString() }),
      event: '/restapi/v1.0/account/400100/telephony/sessions',
    })
    const withheld = { id: 17, extensionId: 400102, direction: 'Inbound', status: { code: 'PROCEEDING' } }
    await scene.platform.deliver(strange(5, [buildParty({ id: 'p-other', extensionId: '400104' }), withheld]))
    const first = async () => (await card.read())[0]
    await eventually(async () => expect(await first()).toMatchObject({ state: 'Ringing', name: 'Withheld number' }))
    await scene.platform.deliver(strange(6, [{ ...withheld, status: { code: 'Levitating' } }]))
    await eventually(async () => expect(await first()).toMatchObject({ state: 'In progress' }))
    await scene.platform.deliver(strange(7, [{ ...withheld, status: { code: 'Disconnected' } }]))
    await eventually(async () => expect(await first()).toMatchObject({ state: 'Missed' }))
    await page.close()
  })

  it('pops up on a page under a strict policy with Trusted Types as well', async () => {
    const violations: string[] = []
    const { page, card } = await scene.openCrm('/strict/contacts/ada-winter')
    page.on('console', (message) => {
      if (/Content Security Policy|TrustedHTML|Refused/.test(message.text())) violations.push(message.text())
    })
    await deliverUntidily(upTo(restampStream('pstn-to-user', Date.now()), 2, 8), 8)
    await eventually(async () => expect((await card.read())[0]).toMatchObject({ state: 'Talking', name: 'Ada Winter' }))
    expect(violations).toEqual([])
    await page.close()
  })
})
