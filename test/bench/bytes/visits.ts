import type { Page } from 'playwright-core'
import { median } from '../statistics.ts'

/** Many visits of one page, medians of them. */
export interface Visits {
  /** From the beginning of the navigation to the end of the load event. */
  readonly loadMs: number
  /** What is alive on the page's heap once it has loaded, scripts of the extension included. */
  readonly heapKB: number
}

const VISITS = 20

/** Answers with how to visit the page many times. */
export async function openVisitor(page: Page, url: string): Promise<() => Promise<Visits>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  await session.send('HeapProfiler.enable')

  async function weighHeap(): Promise<number> {
    await session.send('HeapProfiler.collectGarbage')
    const { metrics } = await session.send('Performance.getMetrics')
    const used = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value
    if (used === undefined) throw new Error('B9 could not be measured: Chromium does not tell the size of the heap.')
    return used / 1000
  }

  return async () => {
    await page.bringToFront()
    const loadsMs: number[] = []
    const heapsKB: number[] = []
    for (let visit = 0; visit < VISITS; visit += 1) {
      await page.goto(url)
      loadsMs.push(await page.evaluate(readLoadMs))
      heapsKB.push(await weighHeap())
    }
    return { loadMs: median(loadsMs), heapKB: median(heapsKB) }
  }
}

/** In the page: the end of the load event is known in the task after it. */
async function readLoadMs(): Promise<number> {
  for (;;) {
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    if (navigation !== undefined && navigation.loadEventEnd > 0) return navigation.duration
    await new Promise((resolve) => setTimeout(resolve))
  }
}
