import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { restampStream } from '../support/restamp.ts'
import { step } from '../support/step.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

let scene: Scene
/** A page of the extension, in front: no CRM page is in sight. */
let settings: Page

beforeEach(async () => {
  scene = await openScene({ grantedPermissions: ['notifications'] })
  await signInAs(scene, 'Bea Lindqvist')
  settings = await scene.browser.open('options.html')
})
afterEach(() => scene?.close())

/** Ids of the notifications that are up: telephony sessions. */
const readNotices = async () =>
  Object.keys(await settings.evaluate<Record<string, boolean>>('chrome.notifications.getAll()'))

const readBadge = () => settings.evaluate<string>('chrome.action.getBadgeText({})')
const RINGING = [11, 87, 208, 255]
const MISSED = [179, 38, 30, 255]

const deliver = async (
  name: Parameters<typeof restampStream>[0],
  select: (sequence: number) => boolean = () => true,
) => {
  const events = restampStream(name, Date.now()).filter(({ sequence }) => select(sequence))
  for (const { envelope } of events) await scene.platform.deliver(envelope)
  return events.map(({ envelope }) => (envelope.body as { telephonySessionId: string }).telephonySessionId)[0]
}

describe('a notification', () => {
  it('tells of a call that rings while no CRM page is in sight, and goes when it is over, here or at a colleague’s', async () => {
    await step('tells of a call that rings while no CRM page is in sight, and goes when it is over', async () => {
      const call = scene.platform.placeCall({ from: '+14085550123', to: '400102' })
      await eventually(async () => expect(await readNotices()).toEqual([call.telephonySessionId]))
      call.answer()
      await eventually(async () => expect(await readNotices()).toEqual([]))
      call.hangUp('agent')
    })
    await step('goes when a colleague takes the call', async () => {
      const events = restampStream('queue-answered-elsewhere', Date.now())
      // Until event 7 it rings at three colleagues; then one of them has it.
      for (const { envelope } of events.filter(({ sequence }) => sequence <= 7)) await scene.platform.deliver(envelope)
      await eventually(async () => expect(await readNotices()).toHaveLength(1))
      for (const { envelope } of events.filter(({ sequence }) => sequence > 7)) await scene.platform.deliver(envelope)
      await eventually(async () => expect(await readNotices()).toEqual([]))
    })
  })

  it('stays for a call that was missed', async () => {
    const id = await deliver('no-answer')
    await eventually(async () => expect(await readNotices()).toEqual([id]))
  })

  it('has the badge beside it: first in the colour of ringing, then in that of a missed call', async () => {
    const colour = () => settings.evaluate<number[]>('chrome.action.getBadgeBackgroundColor({})')
    const events = restampStream('no-answer', Date.now())
    for (const { envelope } of events.filter(({ sequence }) => sequence <= 5)) await scene.platform.deliver(envelope)
    await eventually(async () => expect([await readBadge(), await colour()]).toEqual(['1', RINGING]))
    for (const { envelope } of events.filter(({ sequence }) => sequence > 5)) await scene.platform.deliver(envelope)
    await eventually(async () => expect([await readBadge(), await colour()]).toEqual(['1', MISSED]))
  })

  it('is not needed where a CRM page is in sight: the card tells', async () => {
    const { page, card } = await scene.openCrm()
    await page.bringToFront()
    await deliver('direct-call', (sequence) => sequence <= 5)
    await eventually(async () => expect((await card.read())[0]).toMatchObject({ state: 'Ringing' }))
    expect(await readNotices()).toEqual([])
    await page.close()
  })

  it('can be switched off in the settings', async () => {
    await settings.bringToFront()
    const notices = settings.getByRole('switch', { name: 'Notify me of calls' })
    await notices.click()
    await settings.getByText('Notifications are off.').waitFor()
    expect(await notices.isChecked()).toBe(false)
  })
})
