import type { CDPSession, Page } from 'playwright-core'

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** The thread's own time, µs; without it the task was measured by the clock alone. */
  readonly tdur?: number
  readonly args: { readonly name?: string; readonly data?: { readonly url?: string } }
}

/**
 * Traces the thread on which a page is drawn. The function ends that, and answers with the longest task in ms of the thread's own
 * work: for how long a task waits for a core says something of the machine alone.
 */
export async function traceTasks(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'devtools.timeline', '__metadata'] },
  })
  return async () => {
    await end(session)
    const frames = events.filter(({ name }) => name === 'FireAnimationFrame')
    const drawn = frames[0]
    const tasks = events.filter(
      ({ name, ph, pid, tid }) =>
        ph === 'X' && name === 'ThreadControllerImpl::RunTask' && pid === drawn?.pid && tid === drawn.tid,
    )
    if (tasks.length === 0)
      throw new Error('B13 could not be measured: the trace should have tasks of the page, but has none.')
    return Math.max(...tasks.map(({ tdur }) => (tdur ?? 0) / 1000))
  }
}

async function end(session: CDPSession): Promise<void> {
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await complete
  await session.detach()
}
