import { median } from './statistics.ts'

/**
 * Ours and its floor are measured in turns, so that what else the machine does meets both. A round whose floor lies far from
 * the others' was disturbed: it says nothing about ours either, so it is dropped, and another one is measured in its place.
 */
export interface RoundsOptions<Result> {
  /** For the log and for errors: what is being measured. */
  readonly name: string
  /** Measures both once. `isFloorFirst` alternates. */
  readonly measure: (isFloorFirst: boolean) => Promise<Result>
  /** The number by which a round's floor is compared with the others'. */
  readonly floorOf: (result: Result) => number
  readonly say?: (line: string) => void
}

export const ROUNDS = 5
/** With more than half of them disturbed the machine is too busy to measure on. */
export const MAX_ROUNDS = 12
export const MAX_FLOOR_SHIFT = 0.2

/** Five rounds that were not disturbed, after one that warms both up. Throws one sentence when the floor does not hold still. */
export async function measureRounds<Result>(options: RoundsOptions<Result>): Promise<readonly Result[]> {
  const { name, measure, floorOf, say = () => {} } = options
  say(`${name}: warming up`)
  await measure(true)
  const measured: Result[] = []
  while (measured.length < MAX_ROUNDS) {
    measured.push(await measure(measured.length % 2 === 0))
    const kept = selectSteady(measured, floorOf)
    say(`${name}: ${kept.length} of ${ROUNDS} rounds${describeDropped(measured.length - kept.length)}`)
    if (kept.length >= ROUNDS) return kept
  }
  const dropped = measured.length - selectSteady(measured, floorOf).length
  throw new Error(
    `${name} could not be measured: its floor moved by more than ${MAX_FLOOR_SHIFT * 100} % in ${dropped} of ${MAX_ROUNDS} rounds; run it again when the machine is less busy.`,
  )
}

/** The rounds whose floor lies within a fifth of the median floor of all. */
export function selectSteady<Result>(
  rounds: readonly Result[],
  floorOf: (result: Result) => number,
): readonly Result[] {
  const middle = median(rounds.map(floorOf))
  return rounds.filter((round) => Math.abs(floorOf(round) / middle - 1) <= MAX_FLOOR_SHIFT)
}

/** Measures both, one after the other, in the order asked for. */
export async function inTurn<Floor, Ours>(
  isFloorFirst: boolean,
  measureFloor: () => Promise<Floor>,
  measureOurs: () => Promise<Ours>,
): Promise<{ readonly floor: Floor; readonly ours: Ours }> {
  if (isFloorFirst) {
    const floor = await measureFloor()
    return { floor, ours: await measureOurs() }
  }
  const ours = await measureOurs()
  return { floor: await measureFloor(), ours }
}

function describeDropped(dropped: number): string {
  return dropped === 0 ? '' : `, ${dropped} dropped because the floor moved`
}
