import { SECOND_MS } from '../../../shared/time.ts'
import { inTime } from '../in-time.ts'
import type { LoadAnswer, LoadRequest } from '../pop/load.ts'
import type { Stage } from '../pop/stage.ts'
import type { Program } from '../program.ts'
import { percentile } from '../statistics.ts'

/** A page that shows what is posted, and a worker behind it that can be ended. */
export interface ColdStage extends Stage {
  /** Ends the worker. Resolves, when it has stopped, with when the page noticed, ms since the epoch. */
  endWorker(): Promise<number>
}

/** From the page losing its worker to what was posted meanwhile being painted there, in ms. */
export interface ColdStarts {
  readonly p50Ms: number
  readonly slowestMs: number
}

const SAMPLES = 10
const SIGHT_TIMEOUT_MS = 10 * SECOND_MS

/** Ends the worker many times, and posts a call each time while it is away. */
export async function measureColdStarts(stage: ColdStage, load: Program<LoadRequest, LoadAnswer>): Promise<ColdStarts> {
  await stage.toFront()
  const tookMs: number[] = []
  for (let taken = 0; taken < SAMPLES; taken += 1) tookMs.push(await measureOne(stage, load))
  return { p50Ms: percentile(tookMs, 0.5), slowestMs: Math.max(...tookMs) }
}

async function measureOne(stage: ColdStage, load: Program<LoadRequest, LoadAnswer>): Promise<number> {
  const { name, webhookUrl, headers, createCall, sight, endWorker } = stage
  const { key, ringing, ended } = createCall()
  const post = (body: string) => load.ask({ url: webhookUrl, headers, body, pauseMs: 0 })
  const shown = inTime(
    sight(key),
    SIGHT_TIMEOUT_MS,
    describeFailure(`${name} did not show the call that it had missed`),
  )
  const endedMs = await endWorker()
  await post(ringing)
  const { paintedMs } = await shown
  const gone = inTime(sight(''), SIGHT_TIMEOUT_MS, describeFailure(`${name} did not take down a call that had ended`))
  await Promise.all([gone, post(ended)])
  return paintedMs - endedMs
}

function describeFailure(failure: string): string {
  return `B2 could not be measured: ${failure} within ${SIGHT_TIMEOUT_MS / SECOND_MS} s.`
}
