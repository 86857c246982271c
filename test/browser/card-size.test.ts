import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import type { ContactsChange } from '../../entrypoints/lib/contract/messages.ts'
import type { Contact } from '../../entrypoints/lib/store/schema.ts'
import type { Call } from '../platform/calls/call.ts'
import type { CardBox, CardReader } from '../support/browser/card.ts'
import { takePicture } from '../support/browser/picture.ts'
import { eventually } from '../support/eventually.ts'
import { pressUntil } from './press-until.ts'
import { putAway } from './put-away.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/**
 * How much of the page the card takes, and what stays where it is under the pointer, measured over all states of calls with somebody
 * of whom everything is known that there is to know.
 */

const BEA = '400102'
const ADA = '+14085550123'
const GRACE = '+12065550147'
const PRIYA = '+442079460018'
/** CSS px, of a card of 320. */
const MOST_LIVE = 260
const MOST_OVER = 96
/** What is left of a screen of 768 px for the page. */
const WINDOW = { width: 1280, height: 650 }
/** The same screen at 200 %. */
const ZOOMED = { width: 640, height: 325 }

let scene: Scene
let page: Page
let card: CardReader

afterEach(() => scene?.close())

async function open(language: string): Promise<void> {
  scene = await openScene({ language })
  scene.platform.misbehave.limitRates({ Light: 10_000, Heavy: 10_000 })
  await scene.bare.keepSetting('endedCard', 'untilClosed')
  await signInAs(scene, 'Bea Lindqvist')
  const ada: Contact = {
    id: 'ada',
    name: 'Ada Winter',
    company: 'Harbor Couriers',
    phoneNumbers: [ADA],
    numberKeys: [`tel:${ADA}`],
    tags: ['VIP', 'Fleet'],
  }
  await scene.bare.ask('changeContacts', { kind: 'put', contacts: [ada] } satisfies ContactsChange)
  // Her record is open elsewhere: it is offered.
  await scene.openCrm('/contacts/ada-winter')
  ;({ page, card } = await scene.openCrm('/contacts/grace-okonkwo'))
  await page.setViewportSize(WINDOW)
}

function ring(from = ADA): Call {
  return scene.platform.placeCall({ from, to: BEA })
}

const phases = async () => {
  const found: string[] = []
  for (let index = 1; ; index++) {
    const phase = await card.property(`article:nth-of-type(${index})`, 'data-phase')
    if (phase === undefined) return found
    found.push(phase)
  }
}
const shows = (...expected: readonly string[]) => eventually(async () => expect(await phases()).toEqual(expected))
const height = async () => (await card.box('article'))?.height ?? 0
const endBox = () => card.box('.actions > .row > .ends')

/** Where each place of the row is, from left to right. */
async function readSlots(): Promise<readonly CardBox[]> {
  const boxes: CardBox[] = []
  for (let index = 1; ; index++) {
    const box = await card.box(`.actions > .row > :nth-child(${index})`)
    if (box === undefined) return boxes
    boxes.push(box)
  }
}

const press = (selector: string, isDone: () => Promise<boolean>) =>
  pressUntil(isDone, selector, () => card.click(selector))

/** In both colour schemes. */
async function picture(name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await takePicture(page, `size-${name}-${colorScheme}`)
  }
}

async function expectInSight(box: CardBox | undefined): Promise<void> {
  const { width = 0, height: high = 0 } = page.viewportSize() ?? {}
  expect(box).toBeDefined()
  if (box === undefined) return
  expect(box.x).toBeGreaterThanOrEqual(0)
  expect(box.y).toBeGreaterThanOrEqual(0)
  expect(box.x + box.width).toBeLessThanOrEqual(width)
  expect(box.y + box.height).toBeLessThanOrEqual(high)
}

/** A first call, noted down: from then on there is something to know. */
async function talkAndNote(): Promise<void> {
  const call = ring()
  call.answer()
  await shows('talking')
  await card.click('.note textarea')
  await page.keyboard.type('wants the blue one, and the invoice to Oakland')
  await eventually(async () => expect(await card.property('.keeping', 'className')).toContain('quiet'))
  call.hangUp('agent')
  await shows('ended')
  await page.locator('h1').first().click()
  await putAway(card)
}

describe.each(['en', 'de'])('a card in %s', (language) => {
  it('is small in every state, with its buttons in their places', async () => {
    await open(language)
    await talkAndNote()
    const heights: Record<string, number> = {}
    const measure = async (name: string, most: number) => {
      heights[name] = await height()
      await picture(`${language}-${name}`)
      expect(await card.findBarriers(), name).toEqual([])
      expect(heights[name], name).toBeLessThanOrEqual(most)
      expect(heights[name], name).toBeGreaterThan(0)
      const [drawn, shown] = await Promise.all(['scrollWidth', 'clientWidth'].map((of) => card.property('.cards', of)))
      expect(drawn, `${name} reaches beyond its edge`).toBe(shown)
    }

    const call = ring()
    await shows('ringing')
    await eventually(async () => expect(await card.texts('.known .tag')).toEqual(['VIP', 'Fleet']))
    await eventually(async () => expect(await card.texts('.match .title')).toHaveLength(1))
    await eventually(async () => expect(await card.texts('.slot.primary')).toHaveLength(1))
    await measure('ringing', MOST_LIVE)

    call.answer()
    await shows('talking')
    await measure('talking', MOST_LIVE)
    const slots = await readSlots()
    expect(slots).toHaveLength(7)
    const end = await endBox()
    expect(end).toEqual(slots.at(-1))

    const staysPut = async () => {
      expect(await readSlots()).toEqual(slots)
      expect(await endBox()).toEqual(end)
    }
    call.hold()
    await shows('onHold')
    await measure('on-hold', MOST_LIVE)
    await staysPut()
    call.unhold()
    await shows('talking')
    await press('.slot:nth-child(2)', async () => (await card.texts('.slot.muted')).length > 0)
    await press('.slot:nth-child(5)', async () => (await card.texts('.slot.recording')).length > 0)
    await eventually(async () => expect(await card.texts('.remarks [data-tone]')).toHaveLength(2))
    await measure('busy', MOST_LIVE)
    await staysPut()

    scene.platform.misbehave.answerRequests(/\/park$/, { status: 403, errorCode: 'CMN-408' }, { times: 1 })
    await press('.slot:nth-child(4)', async () => (await card.texts('.actions p.problem')).join('') !== '')
    await picture(`${language}-refused`)
    await staysPut()
    await card.click('.slot:nth-child(3)')
    await eventually(async () => expect(await card.texts('[role="combobox"]')).toHaveLength(1))
    await picture(`${language}-transfer`)
    await staysPut()
    await page.keyboard.press('Escape')
    await card.click('.note textarea')
    await eventually(async () => expect((await card.box('.note'))?.height).toBeGreaterThan(60))
    await page.keyboard.type('again the blue one')
    await picture(`${language}-note`)
    await staysPut()
    await page.locator('h1').first().click()

    await page.setViewportSize(ZOOMED)
    await eventually(async () => expectInSight(await endBox()))
    await picture(`${language}-zoomed`)
    await page.setViewportSize(WINDOW)

    call.hangUp('agent')
    await shows('ended')
    await measure('ended', MOST_OVER)
    await putAway(card)
    const missed = ring()
    await shows('ringing')
    missed.hangUp('caller')
    await shows('ended')
    await measure('missed', MOST_OVER)
    await putAway(card)
  })
})

describe('two and three calls', () => {
  it('fit a window of 650 px, each with what it is most likely wanted for in sight', async () => {
    await open('en')
    await talkAndNote()
    const first = ring()
    first.answer()
    await shows('talking')
    first.hold()
    await shows('onHold')
    const second = ring(GRACE)
    second.answer()
    await eventually(async () => expect((await phases()).toSorted()).toEqual(['onHold', 'talking']))
    await picture('two')
    await expectInSight(await card.box('.card'))
    await expectInSight(await card.box('article[data-phase="onHold"] .primary'))
    await expectInSight(await card.box('article[data-phase="talking"] .ends'))
    ring(PRIYA)
    await eventually(async () => expect((await phases()).toSorted()).toEqual(['onHold', 'ringing', 'talking']))
    await eventually(async () => expect(await card.texts('article[data-phase="ringing"] .primary')).toHaveLength(1))
    await picture('three')
    for (const button of ['onHold"] .primary', 'talking"] .ends', 'ringing"] .primary']) {
      await expectInSight(await card.box(`article[data-phase="${button}`))
    }
    expect(await card.texts('article[data-phase="ringing"] .primary')).toEqual(['Hold & answer'])
    expect(await card.findBarriers()).toEqual([])
    await page.setViewportSize(ZOOMED)
    await picture('three-zoomed')
    await page.setViewportSize(WINDOW)
    await press('article[data-phase="ringing"] .primary', async () => !(await phases()).includes('ringing'))
    await eventually(async () => expect(second.state()).toBe('on hold'))
    await eventually(async () => expect((await phases()).toSorted()).toEqual(['onHold', 'onHold', 'talking']))
    await picture('three-answered')
  })
})
