import { SECOND_MS } from '../../../shared/time.ts'
import { inTime } from '../in-time.ts'
import type { Program } from '../program.ts'
import { percentile } from '../statistics.ts'
import type { LoadAnswer, LoadRequest } from './load.ts'
import type { Stage } from './stage.ts'

/** Many calls on one page, one after the other: from writing the post to the page, in ms. */
export interface Samples {
  readonly receivedP50Ms: number
  readonly paintedP50Ms: number
  readonly paintedP99Ms: number
  readonly slowestMs: number
}

const SAMPLES = 100
/** A tab that has just come to the front draws its first frames late. */
const FIRST_SAMPLES = 5
/** What follows from a call (storing it, most of all) is over before the next: calls of one person are seconds apart. */
const PAUSE_MS = 30
/** One frame. Posts at even distances would all meet the same part of it. */
const JITTER_MS = 17
const SIGHT_TIMEOUT_MS = 5 * SECOND_MS

export async function measureSamples(stage: Stage, load: Program<LoadRequest, LoadAnswer>): Promise<Samples> {
  await stage.toFront()
  for (let taken = 0; taken < FIRST_SAMPLES; taken += 1) await showAndClear(stage, load)
  const receivedMs: number[] = []
  const paintedMs: number[] = []
  for (let taken = 0; taken < SAMPLES; taken += 1) {
    const { sentMs, sighting } = await showAndClear(stage, load)
    receivedMs.push(sighting.receivedMs - sentMs)
    paintedMs.push(sighting.paintedMs - sentMs)
  }
  return {
    receivedP50Ms: percentile(receivedMs, 0.5),
    paintedP50Ms: percentile(paintedMs, 0.5),
    paintedP99Ms: percentile(paintedMs, 0.99),
    slowestMs: Math.max(...paintedMs),
  }
}

async function showAndClear(
  { name, webhookUrl, headers, createCall, sight }: Stage,
  load: Program<LoadRequest, LoadAnswer>,
) {
  const { key, ringing, ended } = createCall()
  const post = (body: string, pauseMs: number) => load.ask({ url: webhookUrl, headers, body, pauseMs })
  // The page is asked first, so that nothing but the call reaches it between the post and the paint.
  const [sighting, { sentMs }] = await Promise.all([
    inTime(sight(key), SIGHT_TIMEOUT_MS, describeFailure(`${name} did not show a call`)),
    post(ringing, PAUSE_MS + Math.random() * JITTER_MS),
  ])
  await Promise.all([
    inTime(sight(''), SIGHT_TIMEOUT_MS, describeFailure(`${name} did not take down a call that had ended`)),
    post(ended, 0),
  ])
  return { sentMs, sighting }
}

function describeFailure(failure: string): string {
  return `B1 could not be measured: ${failure} within ${SIGHT_TIMEOUT_MS / SECOND_MS} s.`
}
