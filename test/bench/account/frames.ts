import type { LiveAccount } from '../../../shared/live/account.ts'
import { decodeNotification } from '../../../shared/protocol/notification.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import { percentile } from '../statistics.ts'
import type { FullAccount } from './full-account.ts'
import { openBoard, time } from './snapshot.ts'

/** What a board does between two paints, in ms; the floor parses the same JSON. */
export interface Frames {
  readonly oursMeanMs: number
  readonly floorMeanMs: number
  readonly oursP99Ms: number
  readonly floorP99Ms: number
}

/** In ms. */
const FRAME = 50
const FRAMES = 200

/** Ten seconds of the account; what is over leaves once a second, as on a board. */
export async function measureFrames(text: string, full: FullAccount): Promise<Frames> {
  const board = openBoard(text, full)
  const oursMs: number[] = []
  const floorMs: number[] = []
  for (let frame = 1; frame <= FRAMES; frame += 1) {
    const events = await full.pass(FRAME)
    floorMs.push(time(() => events.map((event): unknown => JSON.parse(event))).ms)
    oursMs.push(time(() => paint(board, events, frame % (SECOND_MS / FRAME) === 0 ? full.nowMs() : undefined)).ms)
  }
  return {
    oursMeanMs: mean(oursMs),
    floorMeanMs: mean(floorMs),
    oursP99Ms: percentile(oursMs, 0.99),
    floorP99Ms: percentile(floorMs, 0.99),
  }
}

/** The thread's clock moves in steps that are longer than a frame takes; all of them together are exact. */
function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Takes in what came, and makes the rows that are different. `sweepMs`: the time, when what is over should leave. */
function paint(board: LiveAccount, events: readonly string[], sweepMs: number | undefined): number {
  for (const event of events) {
    const decoded = decodeNotification(JSON.parse(event))
    if (decoded.kind === 'telephony') board.take(decoded)
  }
  if (sweepMs !== undefined) board.forget(sweepMs)
  const { extensionIds, queueIds } = board.takeChanges()
  for (const id of extensionIds) board.extension(id)
  for (const id of queueIds) board.queue(id)
  return extensionIds.size + queueIds.size
}
