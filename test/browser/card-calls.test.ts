import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '../platform/calls/call.ts'
import type { CardReader } from '../support/browser/card.ts'
import { takePicture } from '../support/browser/picture.ts'
import { eventually } from '../support/eventually.ts'
import { step } from '../support/step.ts'
import { putAway } from './put-away.ts'
import { openScene, type Scene, signInByWindow } from './scene.ts'

/** Several calls at once, folded and opened; what is said aloud; what a page can do to the card. */

const DAY_MS = 86_400_000
const ADA = '+14085550123'
const GRACE = '+12065550147'
const PRIYA = '+442079460018'

let scene: Scene
let page: Page
let card: CardReader

beforeEach(async () => {
  scene = await openScene()
  // The computer's clock is a day ahead in all of this: nothing that is shown may depend on it.
  const worker = await scene.bare.wakeWorker()
  await worker.evaluate((aheadMs) => {
    const now = Date.now
    Date.now = () => now() + aheadMs
  }, DAY_MS)
  await signInByWindow(scene, 'Bea Lindqvist')
  const crm = await scene.openCrm()
  page = crm.page
  card = crm.card
})
afterEach(() => scene?.close())

function ring(from: string, fromName?: string): Call {
  return scene.platform.placeCall({ from, to: '400102', ...(fromName === undefined ? {} : { fromName }) })
}

const shows = (of: CardReader, ...states: readonly string[]) =>
  eventually(async () => expect((await of.read()).map(({ state }) => state)).toEqual(states))
const names = () => card.texts('.name')

describe('several calls', () => {
  it('have the newest on top and whom I talk to whole; the others take a line with what they wait for, until they are opened', async () => {
    ring(ADA).answer()
    await shows(card, 'Talking')
    ring(GRACE)
    await eventually(async () => expect(await names()).toEqual(['Grace Okonkwo', 'Ada Winter']))
    ring(PRIYA)
    await eventually(async () => expect(await names()).toEqual(['Priya Natarajan', 'Ada Winter']))
    expect(await card.texts('.line .via')).toEqual(['Grace Okonkwo'])
    await eventually(async () => expect(await card.texts('.line .actions button')).toEqual(['Hold & answer']))
    await takePicture(page, 'card-several')
    expect(await card.findBarriers()).toEqual([])
    await card.click('.line .open')
    await eventually(async () => expect(await names()).toEqual(['Priya Natarajan', 'Grace Okonkwo', 'Ada Winter']))
  })

  it('fold to a pill with state and time, on every page, and open again', async () => {
    const other = await scene.openCrm('/contacts')
    await page.bringToFront()
    ring(ADA).answer()
    await shows(card, 'Talking')
    ring(GRACE)
    await shows(card, 'Ringing', 'Talking')
    await card.click('.fold')
    await shows(card, 'Talking')
    await card.click('.fold')
    await shows(card)
    for (const { texts } of [card, other.card]) {
      await eventually(async () => expect(await texts('.folded .state')).toEqual(['Ringing', 'Talking']))
      expect((await texts('.folded .time')).every((time) => /^0:\d\d$/.test(time))).toBe(true)
    }
    await takePicture(page, 'card-folded')
    expect(await card.findBarriers()).toEqual([])
    await other.page.bringToFront()
    await other.card.click('.folded')
    await shows(card, 'Ringing')
    expect(await card.texts('.folded .state')).toEqual(['Talking'])
    await other.page.close()
  })

  it('are folded by Escape, which declines nothing and gives the keys back', async () => {
    const call = ring(ADA)
    await shows(card, 'Ringing')
    const search = page.getByRole('searchbox').or(page.getByRole('textbox')).first()
    await search.focus()
    for (let presses = 0; (await card.focused()) === undefined; presses++) {
      expect(presses).toBeLessThan(60)
      await page.keyboard.press('Shift+Tab')
    }
    await page.keyboard.press('Escape')
    await eventually(async () => expect(await card.texts('.folded .state')).toEqual(['Ringing']))
    expect(call.state()).toBe('ringing')
    expect(await card.focused()).toBeUndefined()
    for (let presses = 0; (await card.focused()) === undefined; presses++) {
      expect(presses).toBeLessThan(60)
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Escape')
    await eventually(async () => expect(await card.focused()).toBeUndefined())
    expect(await card.texts('.folded .state')).toEqual(['Ringing'])
  })
})

describe('said aloud', () => {
  const said = (of: CardReader) => of.property('.announcement', 'textContent')

  it('who calls, with the name that came late, and how it ended; by the page in front alone', async () => {
    const other = await scene.openCrm('/contacts')
    await other.page.bringToFront()
    const call = ring(ADA)
    await eventually(async () => expect(await said(other.card)).toBe('Call from Ada Winter'))
    expect(await other.card.property('.announcement', 'role')).toBe('status')
    expect(await said(card)).toBe('')
    call.answer()
    await shows(other.card, 'Talking')
    expect(await said(other.card)).toBe('Call from Ada Winter')
    call.hangUp('caller')
    await eventually(async () => expect(await said(other.card)).toBe('Call with Ada Winter: Ended'))
    expect(await said(card)).toBe('')
    await other.page.close()
  })

  it('that the number is withheld', async () => {
    ring('withheld')
    await eventually(async () => expect(await said(card)).toBe('Call from a withheld number'))
  })
})

describe('names', () => {
  const NAMES = [
    [
      'long',
      'Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh & Daughters Incorporated, Worldwide Purchasing Department',
    ],
    ['right-to-left', 'شركة الدراجات الزرقاء'],
    ['markup', '<b onclick=alert(1)>Ada</b> & "Co"'],
  ] as const

  it('are shown as they are', async () => {
    for (const [kind, name] of NAMES) await step(kind, () => showsAsItIs(kind, name))
  })

  async function showsAsItIs(kind: string, name: string): Promise<void> {
    const call = ring(ADA, name)
    await eventually(async () => expect(await names()).toEqual([name]))
    await takePicture(page, `card-name-${kind}`)
    expect((await card.box('.name'))?.height).toBeLessThanOrEqual(48)
    expect((await card.box('.card'))?.width).toBe(320)
    expect(await card.findBarriers()).toEqual([])
    call.hangUp('caller')
    await shows(card, 'Caller hung up')
    await putAway(card)
  }
})

describe('the page', () => {
  it('cannot move, hide or restyle the card by its own rules', async () => {
    ring(ADA)
    await shows(card, 'Ringing')
    // How high it is depends on what is known by then.
    const place = async () => {
      const box = await card.box('.card')
      return box && { x: box.x, width: box.width, bottom: box.y + box.height }
    }
    const before = await place()
    const look = () => Promise.all(['color', 'font-size', 'direction'].map((name) => card.style('.name', name)))
    const looked = await look()
    await page.addStyleTag({
      content: `:not(html), ringside-card { display: none !important; opacity: 0 !important; transform: scale(.5) !important;
        position: static !important; font: 40px fantasy !important; color: red !important; --text: red; direction: rtl !important;
        pointer-events: none !important; clip-path: inset(50%) !important; filter: blur(4px) !important }`,
    })
    expect(await place()).toEqual(before)
    expect(await look()).toEqual(looked)
  })

  it('loses the card to no replacement of its document element', async () => {
    ring(ADA)
    await shows(card, 'Ringing')
    await page.evaluate(() => document.documentElement.replaceWith(document.documentElement.cloneNode(true)))
    await page.evaluate(() => document.querySelector('ringside-card:not(:popover-open)')?.remove())
    await shows(card, 'Ringing')
    await card.click('.fold')
    await eventually(async () => expect(await card.texts('.folded')).toHaveLength(1))
  })

  it('that writes itself anew has the card again, which still hears', async () => {
    ring(ADA)
    await shows(card, 'Ringing')
    await page.evaluate(() => {
      document.open()
      document.write('<!doctype html><title>Anew</title><h1>Anew</h1>')
      document.close()
    })
    await shows(card, 'Ringing')
    // It may still grow by what comes to be known of the caller, and a click that was meant for its button goes beside it.
    await eventually(async () => {
      if ((await card.texts('.folded')).length === 0) await card.click('.fold')
      expect(await card.texts('.folded')).toHaveLength(1)
    })
    // A card that has just become smaller takes its place with the next frames, and the mouse once it has been drawn there.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    const { x, y } = (await card.box('.folded')) ?? { x: 0, y: 0 }
    await page.mouse.move(x + 8, y + 8)
    await page.mouse.down()
    await page.mouse.move(x - 92, y - 92, { steps: 4 })
    await page.mouse.up()
    await eventually(async () => expect((await card.box('.folded'))?.x).toBe(x - 100))
  })

  it('that opens a dialog leaves the card in sight, which says where to act meanwhile', async () => {
    ring(ADA)
    await shows(card, 'Ringing')
    await page.evaluate(() => {
      const dialog = document.createElement('dialog')
      dialog.textContent = 'Do you want to save this record?'
      Object.assign(dialog.style, { width: '100%', height: '100%' })
      document.body.append(dialog)
      dialog.showModal()
    })
    await eventually(async () =>
      expect(await card.texts('.hint')).toEqual([
        'The page shows a dialog. Until it is closed, use Ringside in the toolbar.',
      ]),
    )
    await takePicture(page, 'card-over-dialog')
    await page.evaluate(() => document.querySelector('dialog')?.close())
    await eventually(async () => expect(await card.texts('.hint')).toEqual([]))
  })

  it('that fills the screen leaves the card in sight, which says how to use it, whatever came first', async () => {
    const hint = ['The page is in full screen. Press Esc to leave it and use the card.']
    const fill = () => page.evaluate(() => document.querySelector('main')?.requestFullscreen())
    const first = ring(ADA)
    await shows(card, 'Ringing')
    await fill()
    await eventually(async () => expect(await card.texts('.hint')).toEqual(hint))
    await takePicture(page, 'card-over-full-screen')
    await page.evaluate(() => document.exitFullscreen())
    await eventually(async () => expect(await card.texts('.hint')).toEqual([]))
    first.hangUp('caller')
    await shows(card, 'Caller hung up')
    await putAway(card)
    await fill()
    ring(ADA)
    await shows(card, 'Ringing')
    expect(await card.texts('.hint')).toEqual(hint)
    await page.evaluate(() => document.exitFullscreen())
    await eventually(async () => expect(await card.texts('.hint')).toEqual([]))
  })

  it('that is printed has no card on its paper, and the keys stay where they are', async () => {
    ring(ADA).answer()
    await shows(card, 'Talking')
    await card.click('textarea')
    const isDrawn = () =>
      page.evaluate(() => document.querySelector('ringside-card')?.checkVisibility({ opacityProperty: true }))
    expect(await isDrawn()).toBe(true)
    await page.emulateMedia({ media: 'print' })
    expect(await isDrawn()).toBe(false)
    await page.keyboard.type('wants it on paper')
    await page.emulateMedia({ media: 'screen' })
    expect(await isDrawn()).toBe(true)
    expect(await card.property('textarea', 'value')).toBe('wants it on paper')
  })
})

describe('as the person has set up their computer', () => {
  it('pulses while it rings, and not where motion is unwanted', async () => {
    ring(ADA)
    await shows(card, 'Ringing')
    expect(await card.style('.state', 'animation-name', '::before')).toBe('pulse')
    await page.emulateMedia({ reducedMotion: 'reduce' })
    expect(await card.style('.state', 'animation-name', '::before')).toBe('none')
  })

  it('keeps the shape of its state where colours are forced', async () => {
    await page.emulateMedia({ forcedColors: 'active' })
    ring(ADA).answer()
    await shows(card, 'Talking')
    expect(await card.style('.state', 'background-color', '::before')).toBe(await card.style('.name', 'color'))
    expect(await card.style('.card', 'border-top-style')).toBe('solid')
    // An icon of what cannot be done now is grey, and has no edge as those that can be pressed have.
    await eventually(async () => {
      await card.press('Hold')
      expect(await card.style('.slot.none', 'border-top-color')).toBe(await card.style('.card', 'background-color'))
    })
    expect(await card.style('.slot.none', 'color')).not.toBe(await card.style('.name', 'color'))
    await takePicture(page, 'card-forced-colours')
  })
})

describe('a computer whose clock is a day off', () => {
  it('shows how long it has rung, and takes a call down that the caller gave up', async () => {
    const call = ring(ADA)
    await shows(card, 'Ringing')
    const time = (await card.read())[0]?.time ?? ''
    expect(time).toMatch(/^0:\d\d$/)
    await eventually(async () => expect((await card.read())[0]?.time).not.toBe(time))
    call.hangUp('caller')
    await shows(card, 'Caller hung up')
    await eventually(async () => expect(await card.read()).toEqual([]))
  })
})
