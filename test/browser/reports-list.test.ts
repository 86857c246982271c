import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import type { Download, Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isFinished } from '../../entrypoints/lib/store/finished.ts'
import { groupCustomerCalls } from '../../shared/metrics/customer-calls.ts'
import { findReturned } from '../../shared/metrics/returned.ts'
import { DAY_MS } from '../../shared/time.ts'
import { readStream } from '../replay/read-stream.ts'
import { trackStream } from '../replay/report.ts'
import { findBarriers } from '../support/browser/axe.ts'
import { readWorkbook } from '../support/read-workbook.ts'
import { restampStream } from '../support/restamp.ts'
import { step } from '../support/step.ts'
import { listRows } from '../year/rows.ts'
import { planYear, tellCalls } from '../year/year.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** The list of calls over three weeks of an agent's calls, as their events were taken in. What it should say is made here from the same plans. */

const AGENT = '400102'
const CALLS = 250
const today = Math.floor(Date.now() / DAY_MS) * DAY_MS
const plans = planYear({ calls: CALLS, seed: 3, fromMs: today - 21 * DAY_MS, days: 20, extensionId: AGENT })
const rows = listRows(plans, AGENT).filter(isFinished)

let scene: Scene
let page: Page

beforeEach(async () => {
  scene = await openScene()
  await signInAs(scene, 'Bea Lindqvist', tellCalls(plans))
  page = await scene.browser.open('reports.html#range=30d&view=calls')
  await waitForCount(`${CALLS} customer calls`)
})
afterEach(() => scene?.close())

const waitForCount = (text: string) =>
  page.locator('.calls-tools [role=status]', { hasText: new RegExp(`^${text}$`) }).waitFor()
const lines = () => page.locator('.calls-body tr')
const cells = (column: string) => page.locator(`.calls-body td[data-column=${column}]`).allTextContents()
/** Waits until a column begins with these. */
const expectFirst = (column: string, texts: readonly string[]) =>
  expect.poll(async () => (await cells(column)).slice(0, texts.length)).toEqual(texts)
const search = (typed: string) => page.getByLabel('Search the list').fill(typed)
const sortBy = (column: string) =>
  page.getByRole('columnheader', { name: column, exact: true }).getByRole('button').click()
const formatClock = (ms: number) => {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

interface SavedFile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly text: string
}

async function download(button: string): Promise<SavedFile> {
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: button }).click()
  const file: Download = await coming
  const bytes = await readFile(await file.path())
  return { name: file.suggestedFilename(), bytes, text: bytes.toString('utf8') }
}

describe('the list', () => {
  it('is sorted, searched, moved through and written in', async () => {
    await step('draws only what can be seen, and says how many rows there are', async () => {
      expect(await page.getByRole('treegrid').getAttribute('aria-rowcount')).toBe(String(CALLS + 1))
      expect(await lines().count()).toBeLessThan(60)
      expect(await lines().first().getAttribute('aria-rowindex')).toBe('2')
    })
    await step('is sorted by a click on the head of a column, and says so', async () => {
      await sortBy('Hold')
      const longest = rows.map(({ holdMs }) => holdMs).sort((a, b) => b - a)
      await expectFirst('hold', longest.slice(0, 10).map(formatClock))
      expect(await page.getByRole('columnheader', { name: 'Hold', exact: true }).getAttribute('aria-sort')).toBe(
        'descending',
      )
      await sortBy('Hold')
      await expectFirst('hold', longest.slice(-10).reverse().map(formatClock))
      await sortBy('When')
      const newest = rows.toSorted((a, b) => b.startedMs - a.startedMs)
      await expectFirst(
        'talk',
        newest.slice(0, 10).map(({ talkMs }) => formatClock(talkMs)),
      )
    })
    await step('says of missed calls whether and when they were returned', async () => {
      const returned = findReturned(rows)
      // What was a part of another call has no line of its own.
      const lines = groupCustomerCalls(rows).map(({ first }) => first)
      const missed = lines.filter(({ telephonySessionId }) => returned.has(telephonySessionId))
      const [call] = missed
      expect(missed.length).toBeGreaterThan(0)
      await search(call?.phoneNumber ?? '')
      const same = missed.filter(({ phoneNumber }) => phoneNumber === call?.phoneNumber)
      const saying = page.locator('.calls-body td[data-column=outcome]', { hasText: /Called (back|again)/ })
      await expect.poll(() => saying.count()).toBe(same.length)
      await search('')
    })
    await step('finds a number in any spelling, and a name', async () => {
      const called = rows.filter(({ phoneNumber }) => phoneNumber === '+12025550001')
      expect(called.length).toBeGreaterThan(0)
      for (const spelling of ['(202) 555-0001', '+1 202 555 0001', '2025550001']) {
        await search(spelling)
        await waitForCount(`${called.length} customer calls`)
      }
      await search('customer 1')
      await waitForCount(`${rows.filter(({ name }) => name?.startsWith('Customer 1')).length} customer calls`)
      await search('nobody at all')
      await page.getByText('No call matches.').waitFor()
      await search('')
    })
    await step('is moved through and opened by keys, and has them again when the call is closed', async () => {
      await lines().first().focus()
      for (const key of ['ArrowDown', 'ArrowDown', 'End', 'ArrowUp', 'Home', 'ArrowDown'])
        await page.keyboard.press(key)
      const focused = page.locator('tr:focus')
      await expect.poll(() => focused.getAttribute('aria-rowindex')).toBe('3')
      await page.keyboard.press('Enter')
      const pane = page.locator('.detail-pane')
      const second = rows.toSorted((a, b) => b.startedMs - a.startedMs)[1]
      const exact = ((second?.ringMs ?? 0) / 1000).toFixed(3)
      await pane.getByText('Why?').click()
      await pane
        .locator('.evidence-lines dd.exact', { hasText: `${exact} s` })
        .first()
        .waitFor()
      expect(await findBarriers(page)).toEqual([])
      await page.emulateMedia({ colorScheme: 'dark' })
      expect(await findBarriers(page, { isColoursOnly: true })).toEqual([])
      await page.emulateMedia({ colorScheme: 'light' })
      await page.keyboard.press('Escape')
      await pane.waitFor({ state: 'detached' })
      await expect.poll(() => focused.getAttribute('aria-rowindex')).toBe('3')
    })
    await step('finds a call by what was written about it a moment ago', async () => {
      await lines().first().click()
      await page.locator('.detail-pane').getByLabel('Note').fill('Wants the blue one')
      await page.locator('.detail-pane').getByText('Saved', { exact: true }).waitFor()
      await page.keyboard.press('Escape')
      await search('blue')
      await waitForCount('1 customer call')
      await expectFirst('note', ['Wants the blue one'])
      await search('')
    })
  })
})

describe('files', () => {
  it('have the calls of the list', async () => {
    await step('the CSV has the calls that are listed, with their exact times', async () => {
      await search('customer 1')
      const wanted = groupCustomerCalls(rows.filter(({ name }) => name?.startsWith('Customer 1'))).map(
        ({ first }) => first,
      )
      await waitForCount(`${wanted.length} customer calls`)
      const { name, text } = await download('Save as CSV')
      await search('')
      expect(name).toMatch(/^ringside-calls-\d{4}-\d\d-\d\d-to-\d{4}-\d\d-\d\d\.csv$/)
      const told: Record<string, string>[] = parse(text, { columns: true })
      expect(
        told.map((call) => [
          call.telephony_session_id,
          call.number,
          call.ring_ms,
          call.talk_ms,
          call.hold_ms,
          call.longest_hold_ms,
        ]),
      ).toEqual(
        wanted.map(({ telephonySessionId, phoneNumber, ringMs, talkMs, holdMs, longestHoldMs }) => [
          telephonySessionId,
          phoneNumber,
          ...[ringMs, talkMs, holdMs, longestHoldMs].map(String),
        ]),
      )
      expect(told.map(({ started_at = '' }) => Date.parse(started_at))).toEqual(
        wanted.map(({ startedMs }) => startedMs),
      )
    })
    await step('the workbook for Excel has all of them', async () => {
      const { name, bytes } = await download('Save for Excel')
      expect(name).toMatch(/\.xlsx$/)
      expect(readWorkbook(bytes)).toHaveLength(CALLS + 1)
    })
    await step('the JSON has all of them, and CSV begins with a byte order mark when that is asked for', async () => {
      const { name, text } = await download('Save as JSON')
      expect(name).toMatch(/\.json$/)
      expect(JSON.parse(text)).toHaveLength(CALLS)
      await page.getByLabel('CSV with a byte order mark').check()
      expect((await download('Save as CSV')).text.charCodeAt(0)).toBe(0xfeff)
    })
  })
})

it('hides the last digits of numbers on the page while that is wanted, and not in files', async () => {
  const settings = await scene.browser.open('options.html')
  await settings.getByLabel('Hide the last digits of phone numbers').click()
  const numbers = page.locator('.calls-body td[data-column=who]', { hasText: /\d{3}-/ })
  const hidden = numbers.filter({ hasText: '-••••' })
  await expect.poll(async () => (await hidden.count()) - (await numbers.count())).toBe(0)
  expect(await hidden.count()).toBeGreaterThan(0)
  const { text } = await download('Save as CSV')
  expect(text).toContain('+12025550001')
  expect(text).not.toContain('•')
  await settings.getByLabel('Hide the last digits of phone numbers').click()
  await expect.poll(() => hidden.count()).toBe(0)
  await settings.close()
})

describe('the events of a call', () => {
  it('are taken along and looked into', async () => {
    await step('are saved, replayed, and looked into with the same figures, apart from the own calls', async () => {
      const call = rows.toSorted((a, b) => b.holdMs - a.holdMs)[0]
      await sortBy('Hold')
      await lines().first().click()
      const pane = page.locator('.detail-pane')
      const exact = pane.locator('.evidence-lines')
      await pane.getByText('Why?').click()
      const shown = await exact.textContent()
      const { name, text } = await download('Save the events')
      await page.keyboard.press('Escape')
      expect(name).toBe(`ringside-call-${call?.telephonySessionId}.jsonl`)

      const { events, problems } = readStream(text)
      expect(problems).toEqual([])
      const [session] = trackStream(events.map(({ notification }) => notification)).sessions
      expect(session?.call.telephonySessionId).toBe(call?.telephonySessionId)

      await page.getByLabel('File of events').setInputFiles({
        name: 'call.jsonl',
        mimeType: 'application/x-ndjson',
        buffer: Buffer.from(`${text}this is no event\n`),
      })
      await page.getByText('This is call.jsonl, not your own calls.').waitFor()
      await page.getByText('1 line was skipped').click()
      await page.getByText(`Line ${events.length + 1}: this is not JSON.`).waitFor()
      await page.getByLabel('Whose calls').selectOption(AGENT)
      await waitForCount('1 customer call')
      await lines().first().click()
      await pane.getByText('Why?').click()
      await expect.poll(() => exact.textContent()).toBe(shown)
      expect(await findBarriers(page)).toEqual([])
      await page.getByRole('button', { name: 'Close the file' }).click()
      await waitForCount(`${CALLS} customer calls`)
    })
    await step('are looked into as well when their file is dropped anywhere on the page', async () => {
      const text = tellCalls(plans.slice(0, 3)).map((event) => `${JSON.stringify(event)}\n`)
      await page.evaluate((content) => {
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File(content, 'dropped.jsonl'))
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
      }, text)
      await page.getByText('This is dropped.jsonl, not your own calls.').waitFor()
      await page.getByLabel('Whose calls').selectOption(AGENT)
      await waitForCount('3 customer calls')
      await page.getByRole('button', { name: 'Close the file' }).click()
    })
    await step('a file without events is refused with a sentence', async () => {
      await page.getByLabel('File of events').setInputFiles({
        name: 'poem.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('not an event\n'),
      })
      await page.getByText('There are no call events in poem.txt.').waitFor()
    })
  })
})

it('shows the sessions of a transferred call under the one that began it', async () => {
  for (const { envelope } of restampStream('attended-transfer', today - DAY_MS)) await scene.platform.deliver(envelope)
  const row = lines().filter({ hasText: '1 more part' })
  await row.first().waitFor()
  await row.first().focus()
  await page.keyboard.press('ArrowRight')
  expect(await row.first().getAttribute('aria-expanded')).toBe('true')
  await expect.poll(() => page.locator('.calls-body tr[aria-level="2"]').count()).toBe(1)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => page.locator('.calls-body tr[aria-level="2"]').count()).toBe(0)
})
