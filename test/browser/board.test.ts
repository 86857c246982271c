import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BUSY_NORTHWIND } from '../platform/busy/company.ts'
import { SUPERVISOR } from '../platform/people.ts'
import { findBarriers, findBarriersInBoth } from '../support/browser/axe.ts'
import { eventually } from '../support/eventually.ts'
import { step } from '../support/step.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** The board in Chromium: what it shows against what the stand-in knows of itself, and what a supervisor does with it. */

const BEA = '400102'
const SALES = '400195'
let scene: Scene

afterEach(() => scene?.close())

async function openBoard(address = '', width = 1440): Promise<Page> {
  const page = await scene.browser.open(`board.html${address}`)
  await page.setViewportSize({ width, height: 900 })
  await page.locator('.number').first().waitFor()
  return page
}

const row = (page: Page, extensionId: string) => page.locator(`tr[data-extension="${extensionId}"]`)
const clock = (ms: number) => `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, '0')}`

interface ShownPerson {
  readonly id: string
  readonly state: string
  readonly hold: string
}

interface ShownQueue {
  readonly id: string
  readonly waiting: string
  readonly today: string
}

/** What stands on the desk, all of it in one look. */
function readDesk(
  page: Page,
): Promise<{ readonly people: readonly ShownPerson[]; readonly queues: readonly ShownQueue[] }> {
  return page.evaluate(() => {
    const text = (within: Element, selector: string) => within.querySelector(selector)?.textContent ?? ''
    return {
      people: [...document.querySelectorAll<HTMLElement>('tr[data-extension]')].map((line) => ({
        id: line.dataset.extension ?? '',
        state: text(line, '.state'),
        hold: text(line, '[data-column="hold"]'),
      })),
      queues: [...document.querySelectorAll<HTMLElement>('.queue')].map((line) => ({
        id: line.dataset.queue ?? '',
        waiting: text(line, '.waiting .count'),
        today: text(line, '[data-name="today"]'),
      })),
    }
  })
}

/** A time without a relay, on the stand-in's clock. */
interface Outage {
  readonly fromMs: number
  readonly untilMs: number
}

/**
 * The same by what the stand-in knows, for those who are on the board.
 *
 * An event is sent once, and presence knows people and no queues. So of a caller who came into a queue in an outage nothing is told
 * until an agent's phone rings: such a one may be on the board or not.
 */
function tellDesk(ids: readonly string[], shownWaiting: ReadonlyMap<string, number>, outage: Outage | undefined) {
  const truth = scene.platform.truth()
  const isUntold = (ms: number) => outage !== undefined && ms >= outage.fromMs && ms <= outage.untilMs
  return {
    people: ids.map((id) => {
      const known = truth.extensions.get(id)
      const live = known?.live ?? []
      return {
        id,
        isHolding: live.some(({ code }) => code === 'Hold'),
        isBusy: live.length > 0,
        hold: clock(known?.today.holdMs ?? 0),
      }
    }),
    queues: BUSY_NORTHWIND.queues
      .map(({ extensionId }) => {
        const known = truth.queues.get(extensionId)
        const { answered = 0, abandoned = 0 } = known?.today ?? {}
        const waiting = known?.waiting ?? []
        const told = waiting.filter(({ sinceMs }) => !isUntold(sinceMs)).length
        return {
          id: extensionId,
          waiting: Math.min(Math.max(shownWaiting.get(extensionId) ?? 0, told), waiting.length),
          today: `${answered} answered, ${abandoned} hung up`,
        }
      })
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  }
}

const IDLE = new Set(['Free', 'Wrap-up'])

/** Resolves when all of the desk is what the stand-in knows: both go on meanwhile. */
async function expectTrue(page: Page, outage?: Outage): Promise<void> {
  await eventually(async () => {
    const { people, queues } = await readDesk(page)
    const shown = {
      people: people.map(({ id, state, hold }) => ({
        id,
        isHolding: state === 'On hold',
        isBusy: !IDLE.has(state),
        hold,
      })),
      queues: queues
        .map(({ id, waiting, today }) => ({
          id,
          waiting: waiting.startsWith('Nobody') ? 0 : Number.parseInt(waiting, 10),
          today,
        }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    }
    expect(shown.people.length).toBeGreaterThan(20)
    const waiting = new Map(shown.queues.map((queue) => [queue.id, queue.waiting]))
    const ids = people.map(({ id }) => id)
    expect(shown).toEqual(tellDesk(ids, waiting, outage))
  })
}

describe('a busy account', () => {
  it('is on the board as the stand-in knows it, through the ends of relay and worker', async () => {
    scene = await openScene({ busy: { aside: [] } })
    await signInAs(scene, 'Ines Moreau')
    const page = await openBoard('', 1440)
    // Tall enough for everybody to be drawn.
    await page.setViewportSize({ width: 1440, height: 1800 })
    await expectTrue(page)
    await expectTrue(page)
    await scene.browser.endWorker()
    await expectTrue(page)

    const fromMs = scene.platform.nowMs()
    await scene.stopRelay()
    await page.getByText('The connection was lost at').waitFor()
    const [before] = await page.locator('.people-body .clock').allInnerTexts()
    await scene.startRelay()
    await page.getByText('Live', { exact: true }).waitFor()
    expect(before).toMatch(/^\d+:\d\d/)
    const outage = { fromMs, untilMs: scene.platform.nowMs() }
    await expectTrue(page, outage)
    await expectTrue(page, outage)
  })
})

describe('somebody who watches a queue and those in it', () => {
  beforeEach(async () => {
    scene = await openScene()
    await signInAs(scene, 'Ines Moreau')
  })

  it('sees a call ring, be answered and held, with whom, in which queue', async () => {
    const page = await openBoard()
    const call = scene.platform.placeCall({ from: '+14085550123', to: BEA })
    const state = row(page, BEA).locator('.state')
    await expect.poll(() => state.textContent()).toBe('Ringing')
    expect(await row(page, BEA).locator('[data-column="with"]').textContent()).toContain('Ada Winter')
    call.answer()
    await expect.poll(() => state.textContent()).toBe('Talking')
    call.hold()
    await expect.poll(() => state.textContent()).toBe('On hold')
    // Whoever keeps somebody waiting is on top.
    expect(await page.locator('tr[data-extension]').first().getAttribute('data-extension')).toBe(BEA)
    await expect.poll(() => page.locator('.number[data-name="talking"] .value').textContent()).toBe('1')
    call.hangUp('agent')
    await expect.poll(() => row(page, BEA).locator('[data-column="calls"]').textContent()).toBe('1')
  })

  it('hears how many are found when they look for others, and not with every call', async () => {
    const page = await openBoard()
    const said = page.locator('.tools [role="status"]')
    await row(page, BEA).waitFor()
    expect(await said.textContent()).toBe('')
    await page.getByLabel('State').selectOption('busy')
    await expect.poll(() => said.textContent()).toMatch(/^0 of \d+$/)
    scene.platform.placeCall({ from: '+14085550123', to: BEA })
    await row(page, BEA).waitFor()
    expect(await page.locator('.tools .count').textContent()).toMatch(/^1 of \d+$/)
    expect(await said.textContent()).toBe('')
  })

  it('sees who waits in the queue', async () => {
    const page = await openBoard()
    scene.platform.placeCall({ from: '+14085550123', to: SALES })
    await expect.poll(() => page.locator(`.queue[data-queue="${SALES}"] .wait`).count()).toBe(1)
    await expect.poll(() => page.locator('.number[data-name="waiting"] .value').textContent()).toBe('1')
    await page.locator('.number[data-name="waiting"] button').click()
    await page
      .locator('.waiting-list')
      .getByText(/Ada Winter|\(408\) 555-0123/)
      .waitFor()
  })

  it('opens a number to its calls, a call to its events, and goes back by Escape', async () => {
    const call = scene.platform.placeCall({ from: '+14085550123', to: BEA })
    call.answer()
    call.hangUp('agent')
    await call.settled()
    const page = await openBoard()
    await expect.poll(() => row(page, BEA).locator('[data-column="calls"]').textContent()).toBe('1')
    await row(page, BEA).locator('[data-column="calls"] button').click()
    await page.locator('.behind .call-line').click()
    await page.getByText('Why?').click()
    await page.locator('.evidence-lines').getByText('Talk', { exact: true }).waitFor()
    await page.locator('.events summary').click()
    expect(await page.locator('.events li').count()).toBeGreaterThan(3)
    await page.getByRole('button', { name: 'Back' }).click()
    await page.locator('.behind').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.locator('.detail-pane').count()).toBe(0)
  })

  it('finds people, and comes to the board from the popup', async () => {
    await step('opens the board from the popup', async () => {
      const popup = await scene.openPopup()
      const opened = scene.browser.context.waitForEvent('page')
      await popup.getByRole('button', { name: 'Board', exact: true }).click()
      await (await opened).locator('.number').first().waitFor()
      await popup.getByRole('button', { name: 'Board at the side' }).waitFor()
    })
    await step('keeps filter and order in the address, and what is searched for out of it', async () => {
      const page = await openBoard()
      await page.getByRole('button', { name: 'Talk' }).click()
      await page.getByLabel('State').selectOption('Free')
      await page.getByLabel('Name or extension').fill('Lindqvist')
      await expect.poll(() => page.url()).toContain('sort=-talk')
      expect(page.url()).toContain('state=idle')
      expect(page.url()).not.toContain('Lindqvist')
      await page.reload()
      await page.locator('.number').first().waitFor()
      expect(await page.locator('th[data-column="talk"]').getAttribute('aria-sort')).toBe('descending')
      expect(await page.getByLabel('State').inputValue()).toBe('idle')
    })
    await step('moves through the people by keys and opens one', async () => {
      const page = await openBoard()
      await page.locator('tr[data-extension]').nth(1).waitFor()
      await page.locator('tr[tabindex="0"]').focus()
      await page.keyboard.press('ArrowDown')
      const second = await page.locator('tr[data-extension]').nth(1).getAttribute('data-extension')
      expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.extension)).toBe(second)
      await page.keyboard.press('Enter')
      await page.locator('.detail-pane').waitFor()
    })
  })

  it('listens in with a phone of theirs, and leaves again', async () => {
    const call = scene.platform.placeCall({ from: '+14085550123', to: BEA })
    call.answer()
    const page = await openBoard()
    await row(page, BEA).click()
    await page.getByRole('button', { name: 'Listen in' }).click()
    await page.getByText('You are listening to').waitFor()
    const listens = () => scene.platform.truth().extensions.get(SUPERVISOR.extensionId)?.listensTo.length ?? 0
    expect(listens()).toBe(1)
    // Listening is no call of anybody's.
    expect(await row(page, SUPERVISOR.extensionId).count()).toBe(0)
    await page.getByRole('button', { name: 'Stop listening' }).click()
    await expect.poll(listens).toBe(0)
  })

  it('writes a line to an agent on the phone', async () => {
    const call = scene.platform.placeCall({ from: '+14085550123', to: BEA })
    call.answer()
    const page = await openBoard()
    await row(page, BEA).click()
    await page.getByLabel('A line for').fill('Offer a discount')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText('Sent at').waitFor()
    expect(await page.getByLabel('A line for').inputValue()).toBe('')
  })

  it('finds no barrier, wide or narrow, in light and dark, on desk and wall', async () => {
    const call = scene.platform.placeCall({ from: '+14085550123', to: BEA })
    call.answer()
    for (const width of [1920, 1280, 360]) await step(`${width} pixels wide`, () => lookAround(width))
  })

  async function lookAround(width: number): Promise<void> {
    const page = await openBoard('', width)
    await expect.poll(() => row(page, BEA).locator('.state').textContent()).toBe('Talking')
    const look = async () => {
      expect(await findBarriersInBoth(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    }
    await look()
    await row(page, BEA).click()
    await page.getByRole('button', { name: 'Listen in' }).waitFor()
    await look()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: 'Settings' }).click()
    await look()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('radio', { name: 'Wall' }).check()
    await page.locator('.wall').waitFor()
    await look()
    await page.getByRole('radio', { name: 'Wall' }).waitFor()
    await page.close()
  }

  it('sees nothing more once RingCentral has taken the right away, and says so', async () => {
    const call = scene.platform.placeCall({ from: '+14085550123', to: BEA })
    call.answer()
    const page = await openBoard()
    await row(page, BEA).click()
    const { grants } = scene.platform
    grants.take(SUPERVISOR.extensionId, 'callMonitoring')
    grants.take(SUPERVISOR.extensionId, 'callQueueSetup')
    // It is refused, and so the relay asks what is granted now.
    await page.getByRole('button', { name: 'Listen in' }).click()
    await page.getByText('You don’t watch anybody').waitFor()
    expect(await page.locator('tr[data-extension]').count()).toBe(0)
  })
})

describe('somebody who runs a queue and may monitor nobody', () => {
  it('sees its members in its calls, and of their day nothing that looks like a figure', async () => {
    scene = await openScene()
    scene.platform.grants.take(SUPERVISOR.extensionId, 'callMonitoring')
    await signInAs(scene, 'Ines Moreau')
    const page = await openBoard()
    const call = scene.platform.placeCall({ from: '+14085550123', to: SALES })
    call.answer()
    await expect.poll(() => page.locator('.people-body .state', { hasText: 'Talking' }).count()).toBe(1)
    call.hangUp('caller')
    await expect.poll(() => page.locator('.queue [data-name="today"]').textContent()).toBe('1 answered, 0 hung up')
    const figures = page.locator('.people-body [data-column="calls"]')
    expect(new Set(await figures.allTextContents())).toEqual(new Set(['–']))
    await row(page, BEA).click()
    await page.getByText('You see this person in calls of queues that you manage.').waitFor()
    expect(await page.locator('.problem').count()).toBe(0)
    expect(await findBarriersInBoth(page)).toEqual([])
  })
})

describe('an agent', () => {
  it('sees no way to a board, and none where they open one', async () => {
    scene = await openScene()
    await signInAs(scene, 'Bea Lindqvist')
    const popup = await scene.openPopup()
    await popup.getByRole('button', { name: 'Settings' }).waitFor()
    expect(await popup.getByRole('button', { name: 'Board' }).count()).toBe(0)
    const page = await scene.browser.open('board.html')
    await page.getByText('You don’t watch anybody').waitFor()
    expect(await page.evaluate(() => chrome.sidePanel.getOptions({}))).toMatchObject({ enabled: false })
  })
})

describe('in German', () => {
  it('every word is German and nothing is cut off, also at the side of another page', async () => {
    scene = await openScene({ language: 'de' })
    await signInAs(scene, 'Ines Moreau')
    const call = scene.platform.placeCall({ from: '+14085550123', to: BEA })
    call.answer()
    for (let caller = 0; caller < 8; caller++) scene.platform.placeCall({ from: `+1408555013${caller}`, to: SALES })
    const page = await openBoard('', 360)
    await expect.poll(() => row(page, BEA).locator('.state').textContent()).toBe('Im Gespräch')
    await page.locator('.wait').nth(5).waitFor()
    // However many wait: in which queue, and no times but whole ones.
    expect((await page.locator('.queue-name').boundingBox())?.width).toBeGreaterThanOrEqual(96)
    const facts = page.locator('.queue .fact')
    for (const width of [1440, 720]) {
      await page.setViewportSize({ width, height: 900 })
      expect(await facts.evaluateAll((all) => all.map((one) => one.scrollWidth - one.clientWidth))).toEqual([0, 0, 0])
    }
    await page.setViewportSize({ width: 360, height: 900 })
    expect(await findBarriers(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  })
})
