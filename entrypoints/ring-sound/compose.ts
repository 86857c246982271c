/**
 * The sound of a ring, worked out and not recorded: three struck bars that go up, twice, and a pause in which one can speak. It can be
 * told from phones and from other programs, has nothing shrill, and needs no file.
 */

/** From the beginning of a ring to that of the next one. */
export const RING_PERIOD_MS = 3000
/** The first three notes, to where they have died away. */
export const KNOCK_MS = 900

interface Note {
  readonly atMs: number
  readonly hz: number
}

/** E, A and C sharp, of equal temperament. */
const RISING: readonly Note[] = [
  { atMs: 0, hz: 659.26 },
  { atMs: 140, hz: 880 },
  { atMs: 280, hz: 1108.73 },
]
const NOTES: readonly Note[] = [...RISING, ...RISING.map(({ atMs, hz }) => ({ atMs: atMs + KNOCK_MS, hz }))]

/** How a bar of wood sounds: its own tone, and overtones that are gone at once. `fadesInMs`: to a third of it. */
const PARTIALS = [
  { ratio: 1, level: 1, fadesInMs: 120 },
  { ratio: 4, level: 0.22, fadesInMs: 45 },
  { ratio: 9.2, level: 0.05, fadesInMs: 15 },
] as const
/** By then nobody hears anything of it. */
const NOTE_MS = 1000
/** A stroke without any beginning would click. */
const ATTACK_MS = 4
/** The loudest that a sample may be, with room for what a device adds. */
const PEAK = 0.9

/** One period as samples from -1 to 1. It begins and ends in silence, so that periods follow each other without a click. */
export function composeRing(sampleRate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.round((RING_PERIOD_MS * sampleRate) / 1000))
  for (const { atMs, hz } of NOTES) {
    const from = Math.round((atMs * sampleRate) / 1000)
    const until = Math.min(samples.length, from + Math.round((NOTE_MS * sampleRate) / 1000))
    for (let at = from; at < until; at += 1) {
      const ms = ((at - from) * 1000) / sampleRate
      samples[at] = (samples[at] ?? 0) + strike(hz, ms)
    }
  }
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  return samples.map((sample) => (sample * PEAK) / loudest)
}

function strike(hz: number, ms: number): number {
  const attack = Math.min(1, ms / ATTACK_MS)
  return PARTIALS.reduce((sum, { ratio, level, fadesInMs }) => {
    const phase = (2 * Math.PI * hz * ratio * ms) / 1000
    return sum + attack * level * Math.exp(-ms / fadesInMs) * Math.sin(phase)
  }, 0)
}
