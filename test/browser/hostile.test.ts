import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startHostileSite } from '../hostile/site.ts'
import type { Call } from '../platform/calls/call.ts'
import type { Listening } from '../platform/listen.ts'
import { type CardReader, createCardReader } from '../support/browser/card.ts'
import { takePicture } from '../support/browser/picture.ts'
import { eventually } from '../support/eventually.ts'
import { step } from '../support/step.ts'
import { putAway } from './put-away.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** A page that means ill: it learns nothing, does nothing in the person's name, and is not harmed itself. */

const BEA = '400102'
const ADA = { from: '+14085550123', fromName: 'Ada Winter', to: BEA }

interface PageWindow {
  tricks: Record<string, (argument?: unknown) => void>
  findLeaks(words: readonly string[]): Promise<readonly string[]>
  spied: { readonly heard: readonly string[]; readonly mutated: ReadonlySet<string> }
  removals: number
  isFlooding: boolean
}
declare const window: PageWindow

let scene: Scene
let site: Listening
let page: Page
let card: CardReader
let call: Call | undefined

beforeAll(async () => {
  site = await startHostileSite()
})
afterAll(() => site?.close())
beforeEach(async () => {
  scene = await openScene()
  await signInAs(scene, 'Bea Lindqvist')
  page = await scene.browser.context.newPage()
  await page.goto(`${site.url}/record`)
  card = await createCardReader(page)
})
afterEach(() => scene?.close())

async function ring(caller: Parameters<Scene['platform']['placeCall']>[0] = ADA): Promise<void> {
  call = scene.platform.placeCall(caller)
  await shows('Ringing')
}

const shows = (state: string) => eventually(async () => expect((await card.read())[0]?.state).toBe(state))
const play = (trick: string, argument?: unknown) =>
  page.evaluate(([name, given]) => window.tricks[String(name)]?.(given), [trick, argument] as const)

/** Whether a person sees the card and can click it: nothing is between, and nothing takes it away. */
async function isInReach(): Promise<boolean> {
  const box = await card.box('article')
  if (box === undefined) return false
  return page.evaluate(
    ([x, y]) => {
      const host = document.elementFromPoint(x, y)
      return (
        host?.localName === 'ringside-card' &&
        host.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })
      )
    },
    [box.x + box.width / 2, box.y + 12] as const,
  )
}

/**
 * Frames are drawn for so long that the browser has told every observer what can really be seen: it does so at most every 100 ms.
 * A click that is faster is one on what the person did see.
 */
const isReported = () =>
  page.evaluate(
    (frameMs) =>
      new Promise<void>((resolve) => {
        const untilMs = performance.now() + frameMs
        const look = () => (performance.now() < untilMs ? requestAnimationFrame(look) : resolve())
        requestAnimationFrame(look)
      }),
    250,
  )

/** What the platform was asked to do with the call. */
const asked = () => scene.platform.requests().filter(({ path }) => path.includes(`${call?.telephonySessionId}/parties`))

/** Presses a button until the card shows that it was pressed; one that has just come into view does not take a click yet. */
const pressUntil = (name: string, isDone: () => Promise<boolean>) =>
  eventually(async () => {
    if (!(await isDone())) await card.press(name)
    expect(await isDone()).toBe(true)
  })

describe('what a page learns', () => {
  it('is nothing of a call, from its first ring to its end', async () => {
    const before = await page.content()
    await ring()
    await eventually(async () => expect((await card.read())[0]?.name).toBe('Ada Winter'))
    const words = ['Ada Winter', '4085550123', '555-0123', '(408)']
    expect(await page.evaluate((asked) => window.findLeaks(asked), words)).toEqual([])
    // Dragged over with the mouse, and copied.
    const name = await card.box('.name')
    await page.mouse.dblclick((name?.x ?? 0) + 10, (name?.y ?? 0) + 10)
    await page.keyboard.press('Control+C')
    call?.answer()
    await shows('Talking')
    call?.hangUp('caller')
    await shows('Ended')
    expect(await page.evaluate((asked) => window.findLeaks(asked), words)).toEqual([])
    await card.click('.hide')
    await eventually(async () => expect(await card.read()).toEqual([]))
    expect(await page.content()).toBe(before)
  })

  it('is that an element came and went, and nothing of the small script that was there before', async () => {
    const heardAtFirst = await page.evaluate(() =>
      window.spied.heard.filter((text) => /ringside|wxt|nklnief/i.test(text)),
    )
    expect(heardAtFirst).toEqual([])
    await ring()
    const mutated = await page.evaluate(() => [...window.spied.mutated].filter((text) => text.includes('ringside')))
    expect(mutated).toEqual(['childList html ringside-card'])
  })
})

describe('a card that a page tampers with', () => {
  const TAMPERING = [
    'removeOnce',
    'removeByReplacing',
    'replaceRoot',
    'moveIntoHidden',
    'markInert',
    'hideByMarks',
    'hideByRules',
    'hideByAnimation',
    'closePopover',
    'coverOnce',
    'speakAsExtension',
    'stealFocus',
    'writeAnew',
  ]
  it('is where it was, and works, whatever is done once', async () => {
    for (const trick of TAMPERING) {
      await step(trick, async () => {
        await page.goto(`${site.url}/record`)
        await ring()
        await play(trick)
        await eventually(async () => expect(await isInReach()).toBe(true))
        await pressUntil('Decline', async () => (await card.read())[0]?.state === 'Declined')
        expect(await page.locator('ringside-card').count()).toBe(1)
        await putAway(card)
      })
    }
  })

  it('is drawn whole though the page fades, turns, clips and colours itself', async () => {
    await ring()
    for (const trick of ['fadeRoot', 'turnRoot', 'clipRoot', 'filterRoot']) await play(trick)
    await pressUntil('Decline', async () => (await card.read())[0]?.state === 'Declined')
  })

  it('leaves a page to itself that takes it away again and again, and comes anew with the next call', async () => {
    await ring()
    await play('removeForEver')
    await eventually(async () => expect(await page.evaluate(() => window.removals)).toBe(20))
    // Ended, and put away on a page that means well: all that is left of it here is that nothing more happens.
    const well = await scene.openCrm('/contacts')
    await eventually(async () => expect((await well.card.read())[0]?.state).toBe('Ringing'))
    call?.hangUp('caller')
    await eventually(async () => expect((await well.card.read())[0]?.state).toBe('Caller hung up'))
    await putAway(well.card)
    await well.page.close()
    expect(await page.evaluate(() => window.removals)).toBe(20)
    call = scene.platform.placeCall(ADA)
    await eventually(async () => expect(await page.evaluate(() => window.removals)).toBe(41))
  })

  it('is there once on a page that floods itself with changes', async () => {
    await play('flood')
    await ring()
    await pressUntil('Decline', async () => (await card.read())[0]?.state === 'Declined')
    expect(await page.locator('ringside-card').count()).toBe(1)
    await page.evaluate(() => {
      window.isFlooding = false
    })
  })
})

describe('an action', () => {
  it.each<[how: string, tricks: readonly string[]]>([
    ['is covered', ['coverClear', 'coverOpaque', 'coverFramed']],
    ['is made to fade', ['fadeCard']],
    ['is pushed down by popovers', ['floodPopovers']],
  ])('is not taken from a click on a card that %s, and the person is told', async (_how, tricks) => {
    for (const trick of tricks) await step(trick, () => clickUnseen(trick))
  })

  async function clickUnseen(trick: string): Promise<void> {
    await page.goto(`${site.url}/record`)
    await ring()
    await play(trick)
    await isReported()
    await pressUntil('Decline', async () => (await card.texts('[role="alert"]')).length > 0)
    expect(await card.texts('[role="alert"]')).toEqual([
      'The page covers the card. Open Ringside from the toolbar to do this.',
    ])
    await takePicture(page, `hostile-${trick}`)
    expect((await card.read()).map(({ state }) => state)).toEqual(['Ringing'])
    expect(asked()).toEqual([])
    // What the page did goes with its document.
    call?.hangUp('caller')
    await page.goto(`${site.url}/record`)
    await shows('Caller hung up')
    await putAway(card)
  }

  it('is not taken from events that the page makes up', async () => {
    await ring()
    const before = await card.read()
    const count = (await card.texts('.actions > .row > button')).length
    for (let index = 1; index <= count; index++) {
      const box = await card.box(`.actions > .row > button:nth-of-type(${index})`)
      if (box !== undefined) await play('click', { x: box.x + box.width / 2, y: box.y + box.height / 2 })
    }
    await play('press')
    expect((await card.read()).map(({ time: _, ...rest }) => rest)).toEqual(before.map(({ time: _, ...rest }) => rest))
    expect(asked()).toEqual([])
    await pressUntil('Decline', async () => (await card.read())[0]?.state === 'Declined')
    expect(asked()).toHaveLength(1)
  })
})

describe('what a caller is called', () => {
  const NAMES = [
    // First, or it would go by the name of one before.
    ['no letters', '\u200b\u200b'],
    ['markup', '<img src=x onerror="document.title=1"><b>Ada</b>'],
    ['another direction', '\u202eretniW adA\u202c \u2067hidden\u2069'],
    ['two thousand letters', 'Ada '.repeat(500).trim()],
  ] as const

  it('is text, whatever it holds', async () => {
    for (const [what, fromName] of NAMES) {
      await step(what, async () => {
        await showsAsText(fromName)
        await putAway(card)
      })
    }
  })

  async function showsAsText(fromName: string): Promise<void> {
    await ring({ ...ADA, fromName })
    await eventually(async () => expect((await card.read())[0]?.number).toBe('(408) 555-0123'))
    const [shown] = await card.read()
    expect(shown?.name).toBe(fromName)
    expect(await card.texts('.name *')).toEqual([])
    const whole = await card.box('article')
    expect(whole?.width).toBe(320)
    expect(await isInReach()).toBe(true)
    await pressUntil('Decline', async () => (await card.read())[0]?.state === 'Declined')
    expect(await page.title()).toBe('Record')
  }
})

describe('a CRM in frames of another page', () => {
  it('has one card, in the page that is seen as a whole', async () => {
    await page.goto(`${site.url}/framed?url=${encodeURIComponent(`${scene.crmUrl}/contacts`)}`)
    await ring()
    expect(page.frames()).toHaveLength(3)
    const counts = await Promise.all(page.frames().map((frame) => frame.locator('ringside-card').count()))
    expect(counts).toEqual([1, 0, 0])
  })
})
