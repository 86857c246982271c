import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { SUPERVISOR } from '../platform/people.ts'
import { findBarriers, findBarriersInBoth } from '../support/browser/axe.ts'
import type { CardReader } from '../support/browser/card.ts'
import { takePicture } from '../support/browser/picture.ts'
import { eventually } from '../support/eventually.ts'
import { BEA } from './handle-calls.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** Rules of the account the whole way: from their file and a call at an agent's phone to the supervisor's card and board. */

const ADA = '+14085550123'
const PRIYA = '+442079460018'
const INES = SUPERVISOR.extensionId

const RULES = {
  rules: [
    {
      name: 'Important customers',
      when: { caller: [ADA], extensions: [BEA], ringingForS: 1 },
      do: [{ alert: { to: 'watchers', text: 'was sent to Ines' } }, { forward: { extensionId: INES } }],
    },
    {
      name: 'Priya',
      when: { caller: [PRIYA], extensions: [BEA] },
      do: [{ alert: { to: INES, text: 'Priya rings at Bea’s' } }],
    },
    { name: 'Seattle', dry: true, when: { caller: ['+1206*'] }, do: [{ forward: { voicemail: INES } }] },
  ],
}

let folder: string
let file: string
let scene: Scene
let crm: Page
let card: CardReader
let board: Page

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-rules-'))
  file = join(folder, 'routing.jsonc')
  await writeFile(file, JSON.stringify(RULES))
  scene = await openScene({ settings: { RELAY_ROUTING_FILE: file, RELAY_SUPERVISORS: INES } })
  await signInAs(scene, SUPERVISOR.name)
  board = await scene.browser.open('board.html')
  await board.setViewportSize({ width: 1440, height: 900 })
  await board.locator('.rule').first().waitFor()
  ;({ page: crm, card } = await scene.openCrm())
})
afterEach(async () => {
  await scene?.close()
  await rm(folder, { recursive: true, force: true })
})

const rule = (name: string) => board.locator('.rule', { hasText: name })
const shows = (text: string) => eventually(async () => expect(await card.texts('.remarks li')).toContain(text))

it('a call that a rule moved says so on the card of whom it was sent to, and on the board, hit by hit', async () => {
  expect(await board.locator('.rule-name').allInnerTexts()).toEqual(['Important customers', 'Priya', 'Seattle'])
  expect(await rule('Seattle').textContent()).toContain('Dry run')
  const call = scene.platform.placeCall({ from: ADA, to: BEA })
  await shows('Sent to you by the rule Important customers')
  await takePicture(crm, 'rules-card')

  await board.bringToFront()
  await board.locator('.alert[data-kind="rule"]', { hasText: 'Ada Winter: was sent to Ines' }).waitFor()
  await board.locator(`tr[data-extension="${INES}"] .flag`).waitFor()
  await rule('Important customers').getByText('2 hits today').waitFor()
  await takePicture(board, 'rules-board')
  await rule('Important customers').getByRole('button').click()
  const forwarded = board.locator('.hit', { hasText: `Forward to ${SUPERVISOR.name}` })
  expect(await forwarded.locator('.came-of-it').textContent()).toBe('Done')
  await board.locator('.hit', { hasText: 'Alert to whoever watches the call: was sent to Ines' }).waitFor()
  await takePicture(board, 'rules-hits')
  expect(await findBarriersInBoth(board)).toEqual([])
  await forwarded.click()
  await board
    .locator('.detail-pane', { hasText: `Sent to ${SUPERVISOR.name} by the rule Important customers` })
    .waitFor()
  await takePicture(board, 'rules-call-dark')

  call.hangUp('caller')
  await eventually(async () => expect(await board.locator('.alert[data-kind="rule"]').count()).toBe(0))
  await rule('Important customers').getByText('2 hits today').waitFor()
  const popup = await scene.openPopup()
  await popup.locator('details').first().click()
  await popup.getByText('Sent to you by the rule Important customers').waitFor()
})

it('an alert about a call of others comes to whom it is for, and goes when it is put away; a fault of the file is told', async () => {
  scene.platform.placeCall({ from: PRIYA, to: BEA })
  await eventually(async () => expect((await card.texts('.rule-alert')).join()).toContain('Priya rings at Bea’s'))
  expect(await card.texts('.announcement')).toEqual([expect.stringContaining('Alert: Priya rings at Bea’s, ')])
  expect(await card.findBarriers()).toEqual([])
  await takePicture(crm, 'rules-alert')
  await eventually(async () => {
    await crm.keyboard.press('Tab')
    expect(await card.focused()).toBe('Dismiss this alert')
  })
  await crm.keyboard.press('Escape')
  await eventually(async () => expect(await card.texts('.rule-alert')).toEqual([]))

  await writeFile(file, '{ "rules": [{ "name": "Important customers" }] }')
  // Whoever opens a rule sees how it is now.
  await eventually(async () => {
    for (const name of ['Priya', 'Seattle']) await rule(name).getByRole('button').click()
    expect(await board.locator('.fault-list li').count()).toBe(2)
  })
  expect(await board.locator('.fault-list').textContent()).toMatch(/routing\.jsonc:1:\d+: rules\[0\]/)
  // The rules of before still hold.
  expect(await board.locator('.rule').count()).toBe(3)
  await board.keyboard.press('Escape')
  await board.setViewportSize({ width: 380, height: 800 })
  expect(await findBarriers(board)).toEqual([])
  expect(await board.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  await takePicture(board, 'rules-narrow')
})
