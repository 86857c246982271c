import type { Page } from 'playwright-core'
import { afterEach, expect, it } from 'vitest'
import { addDays, mondayOf } from '../../entrypoints/reports/days.ts'
import { selectAnsweredWithin } from '../../shared/metrics/tally-within.ts'
import { DAY_MS, SECOND_MS } from '../../shared/time.ts'
import { step } from '../support/step.ts'
import { planYear, tellCalls } from '../year/year.ts'
import { countCalls, tallyOf } from './counted-calls.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** Every number of the overview is a door: all are walked through, and what the list behind each comes to is counted. */

const ME = '400102'
const WEEK = 7
const firstDay = mondayOf(new Date(Date.now() - 3 * WEEK * DAY_MS).toISOString().slice(0, 10))
const fromDay = addDays(firstDay, WEEK)
const toDay = addDays(fromDay, WEEK - 1)
/** Fewer a week than the list draws at once. */
const CALLS = 22

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
  // What runs on the page calls each other there.
  const tools = {
    showAll,
    readShown,
    listDoors,
    findShown,
    listShown,
    countRow,
    readListed,
    isBehind,
    isSum,
    toSeconds,
    until,
  }
  await page.evaluate(`Object.assign(window, { ${Object.entries(tools).map(([name, tool]) => `${name}: ${tool}`)} })`)
  await page.evaluate(() => showAll())
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
  /** How many calls are behind it, where the rest of its row or a share of them says so; -1: nothing says. */
  readonly counted: number | undefined
}

/** What is listed: how many calls, and the seconds of the column that they are sorted by, where that is a time. */
interface Listed {
  readonly count: number
  readonly seconds: readonly number[]
}

/** On the page: the overview with every table open. */
async function showAll(): Promise<void> {
  // What comes last.
  await until(() => document.querySelector('.top[data-kind=numbers] td') !== null)
  for (const details of document.querySelectorAll<HTMLDetailsElement>('.chart details')) details.open = true
  await until(() => [...document.querySelectorAll('.chart details')].every((one) => one.querySelector('td') !== null))
}

async function until(isSo: () => boolean): Promise<boolean> {
  for (let frames = 0; frames < 1000; frames++) {
    if (isSo()) return true
    await new Promise(requestAnimationFrame)
  }
  return false
}

function readShown(element: Element): string {
  const seen = element.cloneNode(true) as Element
  for (const unseen of seen.querySelectorAll('.unseen, [aria-hidden]')) unseen.remove()
  return seen.textContent?.trim() ?? ''
}

function listDoors(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('.summary .link, .door, tbody th .link, .week thead .link')]
}

/** A door as it is now, once its table is open. */
function findShown(index: number, shares: Readonly<Record<string, number>>): Shown | undefined {
  for (const details of document.querySelectorAll<HTMLDetailsElement>('.chart details')) details.open = true
  return listShown(shares)[index]
}

/** On the page: all doors. `shares`: how many calls a share of them is, by what it says. */
function listShown(shares: Readonly<Record<string, number>>): readonly Shown[] {
  return listDoors().map((door, index) => {
    const around = door.closest<HTMLElement>('.tile, .chart, .top, .week, .summary, .estimates')
    const where = around?.dataset.name ?? around?.dataset.kind ?? around?.className ?? ''
    const of = door.closest<HTMLElement>('[data-of]')?.dataset.of ?? (door.closest('.change') ? 'before' : '')
    const text = readShown(door)
    return { index, text, where, of, counted: shares[`${where} ${text}`] ?? countRow(door, where) }
  })
}

/** The calls of the row that a door names. */
function countRow(door: Element, where: string): number | undefined {
  if (door.closest('th') === null) return undefined
  const cells = [...(door.closest('tr')?.querySelectorAll('td') ?? [])].map(readShown)
  if (where === 'within') return Number(/\((\d+)\)/.exec(cells[0] ?? '')?.[1])
  if (where === 'numbers' || where === 'queues') return Number(cells[0])
  const hasCounts = ['calls', 'hours', 'ring-spread', 'hold-spread'].includes(where)
  return hasCounts ? cells.reduce((sum, cell) => sum + Number(cell), 0) : -1
}

function readListed(): Listed {
  const said = document.querySelector('.calls-tools [role=status]')?.textContent ?? ''
  const column = document.querySelector<HTMLElement>('.calls-head [aria-sort=descending]')?.dataset.column
  const cells = [...document.querySelectorAll(`.calls-body [aria-level="1"] [data-column="${column}"].time`)]
  return {
    count: said === '' ? 0 : Number.parseInt(said, 10),
    seconds: cells.map(({ textContent }) => toSeconds(textContent ?? '')),
  }
}

function toSeconds(text: string): number {
  const [clock = ''] = /\d+(?::\d\d)+/.exec(text) ?? []
  return clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
}

/** Whether what is listed comes to what was said of it. */
function isBehind({ text, where, of, counted }: Shown, { count, seconds }: Listed): boolean {
  if (counted !== undefined) return counted === -1 || count === counted
  if (!/\d:\d\d/.test(text)) return count === Number((/\((\d+)\)/.exec(text) ?? /(\d+)/.exec(text))?.[1])
  const said = toSeconds(text)
  const [upper = Number.NaN, lower = Number.NaN] = [seconds[(seconds.length - 1) >>> 1], seconds[seconds.length >>> 1]]
  // A mean is cut off as well.
  if (of === 'mean') return seconds.some((_, more) => isSum(said * seconds.length + more, seconds))
  if (of === 'median') return lower <= said && said <= upper
  return of === 'p90' || of === 'longest' || where === 'longestHold' ? seconds[0] === said : isSum(said, seconds)
}

/** Each time of the list is cut off to its second: they come to a second less each at most. */
function isSum(total: number, seconds: readonly number[]): boolean {
  const sum = seconds.reduce((all, one) => all + one, 0)
  return sum <= total && total < sum + Math.max(seconds.length, 1)
}

/** Opens each door, counts what is behind it, and comes back; answers with what is wrong, and with all that there was. */
async function walk(isWanted: (shown: Shown) => boolean = () => true): Promise<readonly Shown[]> {
  const shares = describeShares()
  const all = (await page.evaluate((known) => [...listShown(known)], shares)).filter(isWanted)
  const wrong = await page.evaluate(
    async ({ doors, known }) => {
      const found: string[] = []
      for (const wanted of doors) {
        // Another range has gone before: its doors are others.
        const isBack = await until(() => JSON.stringify(findShown(wanted.index, known)) === JSON.stringify(wanted))
        if (!isBack) return [...found, `${JSON.stringify(wanted)} should be there again`]
        listDoors()[wanted.index]?.click()
        await until(() => document.querySelector('.tile') === null)
        if (!(await until(() => isBehind(wanted, readListed()))))
          found.push(`${JSON.stringify(wanted)} opens ${JSON.stringify(readListed())}`)
        history.back()
        await until(() => document.querySelector('.tile') !== null)
      }
      return found
    },
    { doors: all, known: shares },
  )
  expect(wrong).toEqual([])
  return all
}

/** How many calls the shares that the tile says are of. */
function describeShares(): Readonly<Record<string, number>> {
  const within = (from: string, to: string) =>
    selectAnsweredWithin(tallyOf(countCalls(past, ME).filter(({ day }) => day >= from && day <= to)), 20 * SECOND_MS)
  const percent = ({ shareOfOffered = Number.NaN }) => `${Math.floor(shareOfOffered * 100 + 1e-9)}%`
  const [now, before] = [within(fromDay, toDay), within(firstDay, addDays(fromDay, -1))]
  return { [`within ${percent(now)}`]: now.count, [`within before: ${percent(before)}`]: before.count }
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
  expect([...new Set(all.map(({ where }) => where))]).toEqual(
    expect.arrayContaining([
      ...['summary', 'week', 'calls', 'within', 'hours', 'times', 'ring-spread', 'hold-spread', 'numbers', 'queues'],
    ]),
  )
  expect(new Set(all.map(({ of }) => of))).toEqual(new Set(['', 'before', 'mean', 'median', 'p90', 'longest']))
  expect(all.length).toBeGreaterThan(120)
  await step('by the keys as well', async () => {
    await page.locator('.tile[data-name=missed] .door').first().press('Enter')
    await page.getByText('Only: Missed').waitFor()
    await page.goBack()
    await page.evaluate(() => showAll())
    await page.locator('.chart[data-name=within] td .door').last().press('Enter')
    await page.getByText(/Only: Answered within \d+ s/).waitFor()
  })
})

it('of a day, each opens the calls of its hour', async () => {
  await open(`${busiestDay()}..${busiestDay()}`)
  expect(await listShut()).toEqual([])
  // What else there is differs in the days alone.
  expect((await walk(({ where }) => ['hours', 'times', 'summary'].includes(where))).length).toBeGreaterThan(5)
})

function busiestDay(): string {
  const days = countCalls(past, ME).flatMap(({ day }) => (day >= fromDay && day <= toDay ? day : []))
  const count = (day: string) => days.filter((one) => one === day).length
  return days.toSorted((a, b) => count(b) - count(a))[0] ?? ''
}
