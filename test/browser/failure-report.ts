import type { BrowserContext, Page } from 'playwright-core'
import { TestRunner } from 'vitest'
import { within } from '../../entrypoints/lib/store/within.ts'
import type { Services } from '../demo/services.ts'
import { createCardReader } from '../support/browser/card.ts'

/** Enough of a page, or of the cards on it, to tell which state it is in. */
const MAX_TEXT = 3000
/** A page that hangs is told of as such. */
const MAX_ANSWER_MS = 3000

/**
 * Prints what there was to see when the test that runs has just failed: what waits in vain for something says itself only that it
 * did not come.
 */
export async function reportFailure(context: BrowserContext, { relayUrl }: Pick<Services, 'relayUrl'>): Promise<void> {
  const test = TestRunner.getCurrentTest()
  if (test?.result?.state !== 'fail') return
  const lines = [
    `What there was to see when "${test.name}" failed:`,
    `the relay: ${await answer(readCounters(relayUrl))}`,
    ...(await listWorkers(context)),
    ...(await Promise.all(context.pages().map(describePage))).flat(),
  ]
  console.error(lines.join('\n  '))
}

/** What a relay of one test counts: who is connected, and what it has refused. */
async function readCounters(relayUrl: string): Promise<string> {
  const response = await fetch(`${relayUrl}/metrics`)
  const counted = (await response.text()).matchAll(/^(ringside_(?:clients|failures_total|log_head_position) \d+)$/gm)
  return Array.from(counted, ([, line]) => line).join(', ')
}

/** As Chrome has them, since the driver knows no worker that has ended. */
async function listWorkers(context: BrowserContext): Promise<readonly string[]> {
  const [page] = context.pages()
  if (page === undefined) return ['no page is open']
  const session = await context.newCDPSession(page)
  const listed = new Promise<readonly string[]>((resolve) => {
    session.once('ServiceWorker.workerVersionUpdated', ({ versions }) =>
      resolve(
        versions.map(({ scriptURL, runningStatus, status }) => `worker ${scriptURL}: ${runningStatus}, ${status}`),
      ),
    )
  })
  await session.send('ServiceWorker.enable')
  return [await answer(listed.then((lines) => lines.join('; ')))]
}

async function describePage(page: Page): Promise<readonly string[]> {
  const text = await answer(page.locator('body').allInnerTexts())
  const hosts = await answer(page.locator('ringside-card').count())
  const cards = await answer(createCardReader(page).then((card) => card.property(':not(style, link)', 'outerHTML')))
  return [
    `page ${page.url()}: ${text.replace(/\s+/g, ' ').slice(0, MAX_TEXT)}`,
    ...(page.url().endsWith('/popup.html') ? [`what is stored: ${await answer(page.evaluate(listStored))}`] : []),
    ...(hosts === '0' ? [] : [`its ${hosts} cards: ${cards.replace(/<svg.*?<\/svg>/g, '').slice(0, MAX_TEXT)}`]),
  ]
}

/** Runs on a page of the extension. */
async function listStored(): Promise<string> {
  const [databases, settings] = await Promise.all([indexedDB.databases(), chrome.storage.local.get()])
  return [...databases.map(({ name, version }) => `${name} ${version}`), ...Object.keys(settings)].join(', ')
}

function answer(question: Promise<unknown>): Promise<string> {
  return within(MAX_ANSWER_MS, question).then(String, (error) => `no answer: ${error}`)
}
