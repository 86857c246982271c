import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { percentile } from '../statistics.ts'
import type { BoardRelay } from './board-relay.ts'
import { type BusyCalls, extensionIdOf, LIVE_CALLS } from './calls.ts'
import { traceTasks } from './longest-task.ts'

/** Five seconds of events on a page with rows, in ms. */
export interface Rows {
  /** From the event's being sent to its row's being painted. */
  readonly paintedP50Ms: number
  readonly paintedP99Ms: number
  /** Of the thread's own work. */
  readonly longestTaskMs: number
}

interface Painted {
  readonly extensionId: string
  readonly state: string
  readonly atMs: number
}

const SECONDS = 5
export const EVENTS_PER_SECOND = 300
const STEP_MS = 20
/** Of the first of the table, which are on the screen, one has an event in each step: a state comes back after 400 ms at the soonest. */
const SEEN = 10

export async function measureRows(page: Page, relay: BoardRelay, calls: BusyCalls): Promise<Rows> {
  await page.bringToFront()
  await takePainted(page)
  const endTrace = await traceTasks(page)
  const sent: Painted[] = []
  const send = (index: number) => {
    const { event, state } = calls.toggle(index)
    const atMs = performance.timeOrigin + performance.now()
    relay.send(event)
    if (index < SEEN) sent.push({ extensionId: extensionIdOf(index), state, atMs })
  }
  const beganMs = performance.now()
  for (let step = 0; step < (SECONDS * 1000) / STEP_MS; step += 1) {
    send(step % SEEN)
    for (let other = 1; other < (EVENTS_PER_SECOND * STEP_MS) / 1000; other += 1) {
      send(SEEN + ((step * 7919 + other * 104_729) % (LIVE_CALLS - SEEN)))
    }
    await delay(Math.max(1, beganMs + (step + 1) * STEP_MS - performance.now()))
  }
  const longestTaskMs = await endTrace()
  const delaysMs = (await takePainted(page)).flatMap(({ extensionId, state, atMs }) => {
    const event = sent.findLast((one) => one.extensionId === extensionId && one.state === state && one.atMs <= atMs)
    return event === undefined ? [] : [atMs - event.atMs]
  })
  if (delaysMs.length < sent.length / 2) {
    throw new Error(`B13 could not be measured: of ${sent.length} changes only ${delaysMs.length} were painted.`)
  }
  return { paintedP50Ms: percentile(delaysMs, 0.5), paintedP99Ms: percentile(delaysMs, 0.99), longestTaskMs }
}

const takePainted = (page: Page) => page.evaluate<readonly Painted[]>('takePainted()')
