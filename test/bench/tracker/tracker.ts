import { FINISHED_KEPT_MS } from '../../../shared/call/call-sessions.ts'
import { MINUTE_MS } from '../../../shared/time.ts'
import type { Benchmark } from '../figures.ts'
import { withResources } from '../resources.ts'
import { measureRounds } from '../rounds.ts'
import { type FollowerProcess, startFollower } from './follower-process.ts'
import { renderMemory, renderSpeeds, renderVerdicts, type SpeedRound, type Speeds } from './report.ts'
import type { ThroughputRun } from './serve-follower.ts'
import type { Throughput } from './throughput.ts'
import { countAllWrongs } from './verdict.ts'
import { EVENTS_PER_MINUTE } from './workload.ts'

/**
 * Calls tracked from parsed events: ours beside RingCentral's own client and beside a map with the latest of each session, each in a
 * process of its own. First how fast, at 20,000 events a minute of simulated time; then what each tells at the end of a stream with
 * repeated, disordered, late and lost events; then what ours holds in memory. It prints its own tables, since it has a peer and counts.
 * Ours must tell nothing wrong: if it does, the benchmark fails.
 */
export const tracker: Benchmark = {
  id: 'B3',
  run: (signal) =>
    withResources(signal, async (own) => {
      const followers = {
        ours: own(await startFollower('ours')),
        floor: own(await startFollower('floor')),
        peer: own(await startFollower('peer')),
      }
      const speeds: Speeds[] = []
      for (const liveCalls of [10, 4000] as const) speeds.push(await measureSpeeds(followers, liveCalls))
      console.log(`${renderSpeeds(speeds)}\n`)

      const { ours, floor, peer } = followers
      const [oursVerdict, floorVerdict, peerVerdict] = [
        await ours.judge(JUDGED.seed, JUDGED.calls),
        await floor.judge(JUDGED.seed, JUDGED.calls),
        await peer.judge(JUDGED.seed, JUDGED.calls),
      ]
      console.log(`${renderVerdicts(JUDGED, { ours: oursVerdict, floor: floorVerdict, peer: peerVerdict })}\n`)
      console.log(`${renderMemory(await ours.weigh(WEIGHED_CALLS))}\n`)

      const wrongs = countAllWrongs(oursVerdict)
      if (wrongs > 0)
        throw new Error(`B3: ours should tell nothing wrong, but does ${wrongs} times (seed ${JUDGED.seed}).`)
      return []
    }),
}

interface Followers {
  readonly ours: FollowerProcess
  readonly floor: FollowerProcess
  readonly peer: FollowerProcess
}

const JUDGED = { seed: 20260601, calls: 3000 }
const WEIGHED_CALLS = 4000

/**
 * The clock runs once as much is held as always will be: ours keeps what ended for a while. The peer looks through a minute of parties
 * at each event, so that it is given only so many events as let it reach that minute, or the 4,000 calls, within seconds.
 */
export const STEADY_RUN = {
  unmeasuredEvents: (FINISHED_KEPT_MS / MINUTE_MS + 1) * EVENTS_PER_MINUTE,
  measuredEvents: 100_000,
}
const PEER_RUNS = {
  10: { unmeasuredEvents: 18_000, measuredEvents: 2_000 },
  4000: { unmeasuredEvents: 6_000, measuredEvents: 1_000 },
} as const

async function measureSpeeds({ ours, floor, peer }: Followers, liveCalls: keyof typeof PEER_RUNS): Promise<Speeds> {
  const run: ThroughputRun = { liveCalls, ...STEADY_RUN }
  const peerRun: ThroughputRun = { liveCalls, ...PEER_RUNS[liveCalls] }
  const rounds = await measureRounds<SpeedRound>({
    name: `B3, ${liveCalls} live calls`,
    measure: async (isFloorFirst) => {
      const floorFirst = isFloorFirst ? await floor.measure(run) : undefined
      const oursMeasured = await ours.measure(run)
      const floorMeasured = floorFirst ?? (await floor.measure(run))
      assertSameWork(oursMeasured, floorMeasured)
      return {
        ours: oursMeasured.eventsPerSecond,
        floor: floorMeasured.eventsPerSecond,
        peer: (await peer.measure(peerRun)).eventsPerSecond,
      }
    },
    floorOf: (round) => round.floor,
    say: console.error,
  })
  return { liveCalls, run, peerRun, rounds }
}

/** Whoever leaves work out would be fast. */
function assertSameWork(ours: Throughput, floor: Throughput): void {
  if (ours.livePartiesRead !== floor.livePartiesRead) {
    throw new Error(
      `B3 does not count: ours read ${ours.livePartiesRead} live parties, the floor ${floor.livePartiesRead} in the same events.`,
    )
  }
}
