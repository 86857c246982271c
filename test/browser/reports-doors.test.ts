import type { Page } from 'playwright-core'
import { afterEach, expect, it } from 'vitest'
import { addDays, mondayOf } from '../../entrypoints/reports/days.ts'
import { selectAnsweredWithin } from '../../shared/metrics/tally-within.ts'
import { DAY_MS, SECOND_MS } from '../../shared/time.ts'
import { eventually } from '../support/eventually.ts'
import { step } from '../support/step.ts'
import { planYear, tellCalls } from '../year/year.ts'
import { countCalls, tallyOf } from './counted-calls.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** Every number of the overview is a door: it is walked over, by keys, and what the list behind each comes to is counted. */

const ME = '400102'
const WEEK = 7
const firstDay = mondayOf(new Date(Date.now() - 3 * WEEK * DAY_MS).toISOString().slice(0, 10))
const fromDay = addDays(firstDay, WEEK)
const toDay = addDays(fromDay, WEEK - 1)
/** As many a week as the list draws at once. */
const CALLS = 32

const past = tellCalls(
  planYear({
    calls: CALLS,
    seed: 19,
    fromMs: Date.parse(firstDay),
    days: 2 * WEEK,
    extensionId: ME,
    customers: [
      { phoneNumber: '+14085550123', name: 'Ada Winter' },
      { phoneNumber: '+12065550147' },
      { phoneNumber: '+442079460018', name: 'Priya Natarajan' },
    ],
  }),
)

let scene: Scene
let page: Page

afterEach(() => scene?.close())

async function open(range: string): Promise<void> {
  scene = await openScene()
  await signInAs(scene, 'Bea Lindqvist', past)
  page = await scene.browser.open(`reports.html#range=${range}`)
  await page.setViewportSize({ width: 1200, height: 1000 })
  await showAll()
}

/** The overview with every table open. */
async function showAll(): Promise<void> {
  await page.locator('.tile[data-name=callerWait] .spread').waitFor()
  await page.locator('.top[data-kind=numbers] td').first().waitFor()
  await page.evaluate(() => {
    for (const details of document.querySelectorAll<HTMLDetailsElement>('.chart details')) details.open = true
  })
  await page.waitForFunction(() =>
    [...document.querySelectorAll('.chart details')].every((one) => one.querySelector('td') !== null),
  )
}

/** A number, or a name with numbers beside it, as it stands on the page. */
interface Shown {
  /** Its place among all doors. */
  readonly index: number
  readonly text: string
  /** The name of the tile, chart or table that it is in. */
  readonly where: string
  /** What of a tile it is. */
  readonly of: string
  /** How many calls the rest of its row has, where it is the row's name and that is counted. */
  readonly counted: number | undefined
}

const DOORS = '.summary .link, .door, tbody th .link, .week thead .link'
const HAVE_COUNTS = ['calls', 'hours', 'ring-spread', 'hold-spread']

const listShown = () => page.evaluate(listInPage, { doors: DOORS, haveCounts: HAVE_COUNTS })

function listInPage({ doors, haveCounts }: { doors: string; haveCounts: string[] }): readonly Shown[] {
  const read = (element: Element) => {
    const seen = element.cloneNode(true) as Element
    for (const unseen of seen.querySelectorAll('.unseen, [aria-hidden]')) unseen.remove()
    return seen.textContent?.trim() ?? ''
  }
  const countRow = (door: Element, where: string) => {
    const cells = [...(door.closest('tr')?.querySelectorAll('td') ?? [])].map(read)
    if (door.closest('tbody th') === null) return undefined
    if (where === 'within') return Number(/\((\d+)\)/.exec(cells[0] ?? '')?.[1])
    if (where === 'numbers' || where === 'queues') return Number(cells[0])
    return haveCounts.includes(where) ? cells.reduce((sum, cell) => sum + Number(cell), 0) : undefined
  }
  return [...document.querySelectorAll(doors)].map((door, index) => {
    const around = door.closest<HTMLElement>('.tile, .chart, .top, .week, .summary, .estimates')
    const where = around?.dataset.name ?? around?.dataset.kind ?? around?.className ?? ''
    const of = door.closest<HTMLElement>('[data-of]')?.dataset.of ?? (door.closest('.change') ? 'before' : '')
    return { index, text: read(door), where, of, counted: countRow(door, where) }
  })
}

/** What is listed: how many calls, and the seconds of the column that they are sorted by, where that is a time. */
interface Listed {
  readonly count: number
  readonly seconds: readonly number[]
}

const readListed = () =>
  page.evaluate((): Listed => {
    const said = document.querySelector('.calls-tools [role=status]')?.textContent ?? ''
    const column = document.querySelector<HTMLElement>('.calls-head [aria-sort=descending]')?.dataset.column
    const cells = [...document.querySelectorAll(`.calls-body [aria-level="1"] [data-column="${column}"].time`)]
    const toSeconds = (text: string) =>
      text
        .replace('≈ ', '')
        .split(':')
        .reduce((sum, part) => sum * 60 + Number(part), 0)
    return {
      count: said === '' ? 0 : Number.parseInt(said, 10),
      seconds: cells.map(({ textContent }) => toSeconds(textContent ?? '')),
    }
  })

const TIME = /\d+(?::\d\d)+/
const inSeconds = (text: string) =>
  (TIME.exec(text)?.[0] ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
const sumOf = (each: readonly number[]) => each.reduce((all, one) => all + one, 0)

/** What a share of the calls of these days is of. */
function expectShare(said: string, { count }: Listed, from: string, to: string): void {
  const tally = tallyOf(countCalls(past, ME).filter(({ day }) => day >= from && day <= to))
  const answered = selectAnsweredWithin(tally, 20 * SECOND_MS)
  expect(said).toContain(`${Math.floor((answered.shareOfOffered ?? Number.NaN) * 100 + 1e-9)}%`)
  expect(count).toBe(answered.count)
}

/** How the calls that are listed give what was said of them. Each time is cut off to its second: they come to a second less each at most. */
const SPREAD: Readonly<Record<string, (said: number, each: readonly number[]) => void>> = {
  mean: (said, each) => expect([0, 1]).toContain(said - Math.floor(sumOf(each) / each.length)),
  median: (said, each) => {
    expect(said).toBeGreaterThanOrEqual(each[each.length >>> 1] ?? Number.NaN)
    expect(said).toBeLessThanOrEqual(each[(each.length - 1) >>> 1] ?? Number.NaN)
  },
  p90: (said, each) => expect(each[0]).toBe(said),
  longest: (said, each) => expect(each[0]).toBe(said),
}

function expectBehind({ text, where, of, counted }: Shown, listed: Listed): void {
  const spread = SPREAD[where === 'longestHold' && TIME.test(text) && !(of in SPREAD) ? 'longest' : of]
  if (counted !== undefined) expect(listed.count).toBe(counted)
  else if (text.includes('%') && where === 'within' && !text.includes('('))
    if (of === 'before') expectShare(text, listed, firstDay, addDays(fromDay, -1))
    else expectShare(text, listed, fromDay, toDay)
  else if (spread !== undefined) spread(inSeconds(text), listed.seconds)
  else if (TIME.test(text)) {
    expect(sumOf(listed.seconds)).toBeLessThanOrEqual(inSeconds(text))
    expect(sumOf(listed.seconds) + listed.seconds.length).toBeGreaterThan(inSeconds(text))
  } else if (/\d/.test(text)) expect(listed.count).toBe(Number((/\((\d+)\)/.exec(text) ?? /(\d+)/.exec(text))?.[1]))
}

/** Opens each door by the keys, counts what is behind it, and comes back. */
async function walk(): Promise<readonly Shown[]> {
  const all = await listShown()
  for (const shown of all) {
    await step(`${shown.where} ${shown.of} “${shown.text}”`, async () => {
      await page.locator(DOORS).nth(shown.index).press('Enter')
      await page.locator('.views button').nth(1).and(page.locator('[aria-current]')).waitFor()
      await eventually(async () => expectBehind(shown, await readListed()))
      await page.goBack()
      await showAll()
    })
  }
  return all
}

/** Numbers of which none is behind anything, as "where: what". */
const listShut = () =>
  page.evaluate(() => {
    // Days, names, terms, and how two numbers compare that are both doors; what is drawn for the eye is in the table below it.
    const APART =
      'button, .period, .choices, .head, dt, thead, caption, figcaption, h2, .plot, .readout, label, .file-picker, tbody th, .share'
    const NOTHING = /^(before: 0(:00|%)?|0(:00)?|0\s?% \(0\)|0\s?%|–)$/
    const texts = document.createTreeWalker(document.querySelector('main') ?? document.body, NodeFilter.SHOW_TEXT)
    const shut: string[] = []
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const said = text.textContent?.trim() ?? ''
      const around = text.parentElement
      if (!/\d/.test(said) || NOTHING.test(said) || around?.closest(APART)) continue
      shut.push(`${around?.outerHTML}: ${said}`)
    }
    return shut
  })

it('of a week, each opens exactly the calls that it is made of', async () => {
  await open(`${fromDay}..${toDay}`)
  expect(await listShut()).toEqual([])
  const all = await walk()
  const wheres = new Set(all.map(({ where }) => where))
  expect([...wheres]).toEqual(
    expect.arrayContaining([
      'summary',
      'week',
      'calls',
      'within',
      'hours',
      'times',
      'ring-spread',
      'hold-spread',
      'numbers',
      'queues',
    ]),
  )
  expect(new Set(all.map(({ of }) => of))).toEqual(new Set(['', 'before', 'mean', 'median', 'p90', 'longest']))
  expect(all.length).toBeGreaterThan(150)
})

it('of a day, each opens the calls of its hour', async () => {
  await open(`${busiestDay()}..${busiestDay()}`)
  expect(await listShut()).toEqual([])
  await walk()
})

function busiestDay(): string {
  const days = countCalls(past, ME).flatMap(({ day }) => (day >= fromDay && day <= toDay ? day : []))
  const count = (day: string) => days.filter((one) => one === day).length
  return days.toSorted((a, b) => count(b) - count(a))[0] ?? ''
}
