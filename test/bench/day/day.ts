import { setTimeout as delay } from 'node:timers/promises'
import { FINISHED_KEPT_MS } from '../../../shared/call/call-sessions.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import type { Benchmark, Figure } from '../figures.ts'
import { withResources } from '../resources.ts'
import { inTurn, measureRounds } from '../rounds.ts'
import type { DayAnswer } from './load.ts'
import { AGENTS } from './office.ts'
import { pinToOneCore } from './pin.ts'
import { cpuOfDay, DAY_MS, PACE } from './stretches.ts'
import { startFloor, startOurs, type UnderTest } from './under-test.ts'
import type { Vitals } from './vitals.ts'

/**
 * A working day of five hundred agents on one core, played at sixty times its pace, a stretch of it in each round. Everybody's client is
 * there, and those of five supervisors who see the account and have opened their boards. The floor appends each event to a file,
 * flushes it, and hands it to whoever has a part in its call. In the end nobody calls, which tells what being there costs, and what is
 * held of all that was.
 */
export const day: Benchmark = {
  id: 'B20',
  run: (signal) =>
    withResources(signal, async (own) => {
      const servers = { floor: await startFloor(own), ours: await startOurs(own) }
      const isPinned = [servers.floor, servers.ours].every(({ pid }) => pinToOneCore(pid))
      if (!isPinned) console.error('B20: there is no taskset here, so each server has all cores')
      const before = await ofBoth(servers, readFreed)
      let stretch = 0
      const rounds = await measureRounds({
        name: `B20, ${AGENTS} agents`,
        measure: (isFloorFirst) => playInTurn(servers, stretch++, isFloorFirst),
        floorOf: (round) => round.floor.cpuS / round.floor.events,
        say: console.error,
      })
      const quiet = await ofBoth(servers, measureQuiet)
      return [...describePlay(rounds, quiet), ...describeMemory(before, quiet)]
    }),
}

/** A load that falls behind measures itself. */
const MAX_LATE_MS = 500
/**
 * Until the relay has let go of calls that have ended. Of these there are sixty times as many here as at a day's own pace, so before that
 * its memory is none of a day.
 */
const QUIET_MS = FINISHED_KEPT_MS + 5 * SECOND_MS

/** What one core has to give in a day, in s. */
const CORE_S = DAY_MS / SECOND_MS

interface Both<Value> {
  readonly floor: Value
  readonly ours: Value
}

interface Stretch extends DayAnswer {
  readonly cpuS: number
  readonly residentMB: number
}

/** What is held when nobody has called for a while, and what a second of that takes. */
interface Quiet extends Vitals {
  readonly cpuPerS: number
}

async function ofBoth<Value>(
  { floor, ours }: Both<UnderTest>,
  act: (server: UnderTest) => Promise<Value>,
): Promise<Both<Value>> {
  const [ofFloor, ofOurs] = await Promise.all([act(floor), act(ours)])
  return { floor: ofFloor, ours: ofOurs }
}

async function readFreed(server: UnderTest): Promise<Vitals> {
  await server.freeMemory()
  return server.readVitals()
}

function playInTurn({ floor, ours }: Both<UnderTest>, stretch: number, isFloorFirst: boolean): Promise<Both<Stretch>> {
  return inTurn(
    isFloorFirst,
    () => playStretch(floor, stretch),
    () => playStretch(ours, stretch),
  )
}

async function playStretch(server: UnderTest, stretch: number): Promise<Stretch> {
  const before = await readFreed(server)
  const answer = await server.play(stretch)
  const after = await server.readVitals()
  if (answer.lateMs > MAX_LATE_MS) {
    throw new Error(
      `B20 does not count: the last event was delivered ${Math.round(answer.lateMs)} ms later than meant.`,
    )
  }
  return { ...answer, cpuS: after.cpuS - before.cpuS, residentMB: after.residentMB }
}

async function measureQuiet(server: UnderTest): Promise<Quiet> {
  const before = await readFreed(server)
  await delay(QUIET_MS)
  const after = await server.readVitals()
  return { ...(await readFreed(server)), cpuPerS: ((after.cpuS - before.cpuS) * SECOND_MS) / QUIET_MS }
}

function describePlay(rounds: readonly Both<Stretch>[], quiet: Both<Quiet>): readonly Figure[] {
  const pick = (read: (stretch: Stretch, idleCpuPerS: number) => number) => ({
    ours: rounds.map(({ ours }) => read(ours, quiet.ours.cpuPerS)),
    floor: rounds.map(({ floor }) => read(floor, quiet.floor.cpuPerS)),
  })
  return [
    {
      name: `B20 CPU for eight hours of ${AGENTS} agents`,
      unit: 's',
      ...pick(({ cpuS }, idleCpuPerS) => cpuOfDay({ cpuS, idleCpuPerS })),
      goal: { of: 'ours', atMost: 0.05 * CORE_S, in: 'median' },
    },
    {
      name: 'B20 of it for clients that wait',
      unit: 's',
      ours: [quiet.ours.cpuPerS * CORE_S],
      floor: [quiet.floor.cpuPerS * CORE_S],
      goal: { of: 'ours', atMost: 0.01 * CORE_S, in: 'median' },
    },
    {
      name: 'B20 events that a core would take at that',
      unit: '/s',
      ...pick(({ events, cpuS }) => events / cpuS),
      goal: { of: 'ours', atLeast: 500, in: 'median' },
    },
    {
      name: `B20 delivery to a client at ${PACE} × the pace, p99`,
      unit: 'ms',
      ...pick(({ p99Ms }) => p99Ms),
      goal: { of: 'ours', atMost: 50, in: 'median' },
    },
    {
      name: 'B20 resident memory meanwhile',
      unit: 'MB',
      ...pick(({ residentMB }) => residentMB),
      goal: { of: 'ours', atMost: 512, in: 'every round' },
    },
  ]
}

function describeMemory(before: Both<Vitals>, quiet: Both<Quiet>): readonly Figure[] {
  const both = (read: (who: keyof Both<unknown>) => number) => ({ ours: [read('ours')], floor: [read('floor')] })
  return [
    {
      name: 'B20 in use before the first call',
      unit: 'MB',
      ...both((who) => before[who].heapMB),
      goal: { of: 'ours', atMost: 64, in: 'median' },
    },
    {
      // The newest events and the index of all, the calls that go on, and code that is compiled with the first of them.
      name: 'B20 more in use two minutes after the last',
      unit: 'MB',
      ...both((who) => quiet[who].heapMB - before[who].heapMB),
      goal: { of: 'ours', atMost: 8, in: 'median' },
    },
  ]
}
