import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '../platform/calls/call.ts'
import type { CardReader } from '../support/browser/card.ts'
import { takePicture } from '../support/browser/picture.ts'
import { eventually } from '../support/eventually.ts'
import { step } from '../support/step.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** Where the card stands: dragged, moved by keys, remembered, inside the window, and never in the way. */

let scene: Scene
let page: Page
let card: CardReader
let call: Call

beforeEach(async () => {
  scene = await openScene()
  await signInAs(scene, 'Bea Lindqvist')
  call = scene.platform.placeCall({ from: '+14085550123', to: '400102' })
  const crm = await scene.openCrm()
  page = crm.page
  card = crm.card
  // What the page shows comes a moment later and makes the card higher: where it is pressed has to stay where it is.
  await eventually(async () => expect(await card.texts('.here')).toEqual(['On this page']))
})
afterEach(() => scene?.close())

const WINDOW = { width: 1280, height: 800 }

/** Distances of the card's edges from the window's. */
async function readPlace(of = WINDOW) {
  const { x, y, width, height } = (await card.box('.card')) ?? { x: 0, y: 0, width: 0, height: 0 }
  return { left: x, top: y, right: of.width - x - width, bottom: of.height - y - height }
}

const stands = (expected: object, of = WINDOW) =>
  eventually(async () => expect(await readPlace(of)).toMatchObject(expected))

/** By the settings: the way back that is always there. */
async function putBack(): Promise<void> {
  const settings = await scene.browser.open('options.html')
  await settings.getByRole('button', { name: 'Reset on all sites' }).click()
  await settings.getByText('The card is in its usual place on all sites.').waitFor()
  await settings.close()
}

/** Drags the card by its state, so many px. */
async function drag(byX: number, byY: number): Promise<void> {
  // A page that has just come to the front takes the mouse once it has been drawn there.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  const { x, y } = (await card.box('.state')) ?? { x: 0, y: 0 }
  await page.mouse.move(x + 4, y + 4)
  await page.mouse.down()
  await page.mouse.move(x + 4 + byX / 2, y + 4 + byY / 2)
  await page.mouse.move(x + 4 + byX, y + 4 + byY)
  await page.mouse.up()
}

const activeElement = () => page.evaluate(() => document.activeElement?.tagName)

describe('the card', () => {
  it('is dragged, and stays there on every page of the site until it is put back', async () => {
    await step('is dragged by its top line, stays there after a reload, and is put back by the settings', async () => {
      await drag(-300, -200)
      await stands({ right: 316, bottom: 216 })
      await page.reload()
      await stands({ right: 316, bottom: 216 })
      await takePicture(page, 'card-dragged')
      await putBack()
      await stands({ right: 16, bottom: 16 })
    })
    await step('is where it was put on every page of the site', async () => {
      const other = await scene.openCrm('/contacts')
      await eventually(async () => expect((await other.card.read()).length).toBe(1))
      await page.bringToFront()
      await drag(-160, -80)
      await stands({ right: 176, bottom: 96 })
      await eventually(async () => expect((await other.card.box('.card'))?.x).toBe((await card.box('.card'))?.x))
      await other.page.close()
    })
  })

  it('cannot be dragged out of the window', async () => {
    await drag(-3000, -3000)
    await stands({ left: 0, top: 0 })
    await drag(5000, 5000)
    await stands({ right: 0, bottom: 0 })
  })

  it('stays inside a window that becomes smaller, and is back in its place when there is room again', async () => {
    await drag(-600, -300)
    await stands({ right: 616, bottom: 316 })
    const small = { width: 500, height: 400 }
    await page.setViewportSize(small)
    await stands({ left: 0, top: 0 }, small)
    await page.setViewportSize(WINDOW)
    await stands({ right: 616, bottom: 316 })
  })

  it('is not dragged by a click, and a drag clicks nothing', async () => {
    await card.click('.via')
    await stands({ right: 16, bottom: 16 })
    const { x, y } = (await card.box('.fold')) ?? { x: 0, y: 0 }
    await page.mouse.move(x + 12, y + 12)
    await page.mouse.down()
    await page.mouse.move(x - 88, y - 88, { steps: 4 })
    await page.mouse.up()
    await stands({ right: 116, bottom: 116 })
    expect((await card.read()).length).toBe(1)
    expect(await activeElement()).toBe('BODY')
  })

  it('is in its corner, moves by keys and out of the way, and leaves the keys alone', async () => {
    await step('is in the lower right corner at first, without having taken the keys or moved the page', async () => {
      await stands({ right: 16, bottom: 16 })
      expect(await activeElement()).toBe('BODY')
      expect(await page.evaluate(() => [scrollX, scrollY])).toEqual([0, 0])
    })
    await step('is moved by the arrow keys, in larger steps with the shift key, and put back by Home', async () => {
      for (let presses = 0; (await card.focused()) !== 'Move with the arrow keys; Home puts it back'; presses++) {
        expect(presses).toBeLessThan(60)
        await page.keyboard.press('Tab')
      }
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('ArrowUp')
      await stands({ right: 32, bottom: 32 })
      await page.keyboard.press('Shift+ArrowLeft')
      await stands({ right: 128, bottom: 32 })
      await page.keyboard.press('Home')
      await stands({ right: 16, bottom: 16 })
      expect(await page.evaluate(() => [scrollX, scrollY])).toEqual([0, 0])
    })
    await step('steps aside when it would cover what the person types in, and comes back', async () => {
      const before = await readPlace()
      await page.evaluate(() => {
        const field = document.createElement('input')
        Object.assign(field.style, { position: 'fixed', right: '40px', bottom: '40px', width: '200px', height: '24px' })
        document.body.append(field)
        field.focus()
      })
      await eventually(async () => expect((await readPlace()).bottom).toBe(72))
      expect(await activeElement()).toBe('INPUT')
      await takePicture(page, 'card-aside')
      await page.evaluate(() => (document.activeElement as HTMLElement).blur())
      await stands(before)
    })
    await step(
      'leaves the keys where the person types, though a button of it is pressed with the pointer',
      async () => {
        await page.evaluate(() => {
          const field = document.createElement('input')
          document.body.prepend(field)
          field.focus()
        })
        await card.click('.fold')
        await eventually(async () => expect(await card.texts('.folded .state')).toEqual(['Ringing']))
        expect(await activeElement()).toBe('INPUT')
        await card.click('.folded')
        await eventually(async () => expect((await card.read()).length).toBe(1))
      },
    )
  })

  it('is wholly in sight at 200 % and at 360 pixels, also when there is more of it than fits', async () => {
    call.answer()
    await eventually(async () => expect((await card.read())[0]?.state).toBe('Talking'))
    for (const size of [
      { width: 640, height: 400 },
      { width: 360, height: 640 },
    ]) {
      await page.setViewportSize(size)
      await eventually(async () => {
        const { x, y, width, height } = (await card.box('.ringside')) ?? { x: -99, y: -99, width: 0, height: 0 }
        // Its shadow may be cut off.
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(-16)
        expect(x + width).toBeLessThanOrEqual(size.width + 16)
        expect(y + height).toBeLessThanOrEqual(size.height + 16)
      })
      await takePicture(page, `card-${size.width}`)
      expect(await card.findBarriers()).toEqual([])
    }
    await page.setViewportSize(WINDOW)
  })
})
