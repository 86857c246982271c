import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { fillRoute, ROUTES } from '../../shared/protocol/http/routes.ts'
import type { Call } from '../platform/calls/call.ts'
import { SUPERVISOR } from '../platform/people.ts'
import { askRelay } from '../relay/control/relay-client.ts'
import { signIn } from '../relay/support/sign-in-flow.ts'
import { openStream, type StreamClient } from '../relay/support/stream-client.ts'
import type { CardReader } from '../support/browser/card.ts'
import { takePicture } from '../support/browser/picture.ts'
import { eventually } from '../support/eventually.ts'
import { BEA, handleCalls } from './handle-calls.ts'
import { borrowBrowser } from './lent-browser.ts'
import { putAway } from './put-away.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** What an agent and whoever watches them tell each other during a call: the agent on the card, the other one over the relay. */

let scene: Scene
let page: Page
let card: CardReader
let call: Call
let supervisor: StreamClient
let token: string

beforeEach(async () => {
  scene = await openScene()
  scene.platform.grants.give(SUPERVISOR.extensionId, 'callMonitoring', [BEA])
  await signInAs(scene, 'Bea Lindqvist')
  ;({ page, card } = await scene.openCrm())
  ;({ token } = await signIn({ relay: { url: scene.relayUrl } }, SUPERVISOR.extensionId))
  supervisor = await openStream(scene.relayUrl)
  supervisor.hello(token, null, 'watched')
  await supervisor.welcome()
  call = scene.platform.placeCall({ from: '+14085550123', to: BEA })
  call.answer()
  await shows('Talking')
})
afterEach(async () => {
  await supervisor?.close()
  await scene?.close()
})

const { shows, press } = handleCalls(() => ({ scene, page, card }))
const remarks = () => card.texts('.remarks li')
const lines = () => card.texts('.whispers li')
const hands = () =>
  supervisor
    .messages()
    .flatMap((message) => (message.type === 'events' ? message.events : []))
    .flatMap((event) => ('desk' in event && event.desk.kind === 'hand' ? event.desk.raised : []))

async function whisper(text: string): Promise<void> {
  const path = fillRoute(ROUTES.whisper, { telephonySessionId: call.telephonySessionId })
  const answer = await askRelay({ relay: { url: scene.relayUrl } }, token, 'POST', path, { extensionId: BEA, text })
  expect(answer.status).toBe(201)
}

describe('a hand', () => {
  it('is raised and lowered on the card, and who watches hears of it', async () => {
    await press('Raise hand')
    await eventually(async () => expect(await remarks()).toContain('Your hand is raised'))
    await eventually(() => expect(hands()).toEqual([true]))
    await takePicture(page, 'desk-hand')
    await press('Lower hand')
    await eventually(async () => expect(await remarks()).not.toContain('Your hand is raised'))
    await eventually(() => expect(hands()).toEqual([true, false]))
  })
})

describe('a whisper', () => {
  it('comes up on the card with who wrote it, also one that was put away, and goes with the call', async () => {
    await putAway(card)
    await whisper('Offer her the <b>free</b> month.')
    await eventually(async () => expect(await lines()).toEqual(['Ines Moreau Offer her the <b>free</b> month.']))
    const said = 'Ines Moreau: Offer her the <b>free</b> month.'
    await eventually(async () => expect(await card.texts('.announcement')).toEqual([said]))
    await whisper('She has been with us since 2019.')
    await eventually(async () => expect(await lines()).toHaveLength(2))
    expect((await lines())[0]).toContain('since 2019')
    await takePicture(page, 'desk-whisper')
    await page.emulateMedia({ colorScheme: 'dark' })
    await takePicture(page, 'desk-whisper-dark')
    call.hangUp('caller')
    await shows('Ended')
    expect(await lines()).toEqual([])
  })
})

describe('an agent and whoever watches them, each in a browser of their own', () => {
  it('ask for help on the card and get a line from the board', async () => {
    const other = await borrowBrowser({
      executablePath: inject('chromium'),
      isHeadless: true,
      grantedSites: ['http://localhost/*'],
    })
    try {
      await signInAs({ ...other, relayUrl: scene.relayUrl }, SUPERVISOR.name)
      const board = await other.browser.open('board.html')
      await board.locator(`tr[data-extension="${BEA}"]`).waitFor()
      await press('Raise hand')
      const raised = board.locator('tr[data-extension][data-hand="true"]')
      await eventually(async () => expect(await raised.count()).toBe(1))
      // Before everybody else, whatever the order.
      expect(await board.locator('tr[data-extension]').first().getAttribute('data-extension')).toBe(BEA)
      await takePicture(board, 'desk-board-hand')
      await raised.click()
      // What is read aloud has no seconds in it: they would be read one by one.
      expect(await board.locator('.hand-up [role="status"]').textContent()).toBe('Asks for help since')
      await board.getByLabel('A line for').fill('Offer her the free month.')
      await board.getByRole('button', { name: 'Send' }).click()
      await eventually(async () => expect(await lines()).toEqual(['Ines Moreau Offer her the free month.']))
      await press('Lower hand')
      await eventually(async () => expect(await raised.count()).toBe(0))
    } finally {
      await other.browser.close()
    }
  })
})
