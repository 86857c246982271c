import type { Benchmark, Figure } from '../figures.ts'
import { measureRounds } from '../rounds.ts'
import { measureFrames } from './frames.ts'
import { createFullAccount, LIVE_CALLS } from './full-account.ts'
import { weigh } from './memory.ts'
import { readSnapshot, writeSnapshot } from './snapshot.ts'

/**
 * An account with 4,000 calls at once, which have begun within the last hour, and 300 events a second: how long the relay writes the
 * snapshot of it and a board's page reads it, each beside JSON of the same size; what an event costs on a board, in frames of
 * 50 ms; and what the relay holds for it beside the bare text of the events.
 */
export const account: Benchmark = {
  id: 'B12',
  async run(signal) {
    const full = await createFullAccount()
    const held = await weigh()
    const rounds = await measureRounds({
      name: 'B12',
      async measure(isFloorFirst) {
        signal.throwIfAborted()
        const written = writeSnapshot(full, isFloorFirst)
        const read = readSnapshot(written.text, full, isFloorFirst)
        return { written, read, frames: await measureFrames(written.text, full) }
      },
      floorOf: ({ read }) => read.floorMs,
      say: console.error,
    })
    const pick = (choose: (round: (typeof rounds)[number]) => number): readonly number[] => rounds.map(choose)
    return [
      {
        name: `B12 snapshot of ${LIVE_CALLS} live calls, written`,
        unit: 'ms',
        ours: pick(({ written }) => written.oursMs),
        floor: pick(({ written }) => written.floorMs),
        goal: { of: 'ratio', atMost: 1 },
      },
      {
        name: 'B12 the same, read and folded, rows made',
        unit: 'ms',
        ours: pick(({ read }) => read.oursMs),
        floor: pick(({ read }) => read.floorMs),
        goal: { of: 'ours', atMost: 300, in: 'median' },
      },
      {
        name: 'B12 a frame of 15 events, mean',
        unit: 'ms',
        ours: pick(({ frames }) => frames.oursMeanMs),
        floor: pick(({ frames }) => frames.floorMeanMs),
        goal: { of: 'ours', atMost: 5, in: 'median' },
      },
      {
        name: 'B12 a frame of 15 events, p99',
        unit: 'ms',
        ours: pick(({ frames }) => frames.oursP99Ms),
        floor: pick(({ frames }) => frames.floorP99Ms),
        goal: { of: 'ours', atMost: 50, in: 'median' },
      },
      {
        name: 'B12 held by the relay for a live call',
        unit: 'kB',
        ours: [held.oursKB],
        floor: [held.floorKB],
        goal: { of: 'ours', atMost: 25, in: 'median' },
      },
    ] satisfies readonly Figure[]
  },
}
