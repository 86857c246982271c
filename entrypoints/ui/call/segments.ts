import type { AgentFigures } from '../../../shared/metrics/agent.ts'

/** A stretch of a call, for a bar. `other` is what belongs to none of the figures: a menu, a parking place. */
export interface Segment {
  readonly name: 'ring' | 'talk' | 'hold' | 'other'
  readonly fromMs: number
  readonly ms: number
}

/** The stretches of all three figures in order, and what lies between them. Those of no length are left out. */
export function listSegments({ ring, talk, hold }: Pick<AgentFigures, 'ring' | 'talk' | 'hold'>): readonly Segment[] {
  const named = Object.entries({ ring, talk, hold } as const).flatMap(([name, { stretches }]) =>
    stretches.map(({ from, to }) => ({
      name: name as keyof AgentFigures & Segment['name'],
      fromMs: from.timeMs,
      toMs: to.timeMs,
    })),
  )
  const segments: Segment[] = []
  let reachedMs: number | undefined
  for (const { name, fromMs, toMs } of named.toSorted((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs)) {
    // Two phones of mine may ring at once, and what is drawn already is not drawn again.
    const startMs = Math.max(fromMs, reachedMs ?? fromMs)
    if (reachedMs !== undefined && startMs > reachedMs)
      segments.push({ name: 'other', fromMs: reachedMs, ms: startMs - reachedMs })
    if (toMs > startMs) segments.push({ name, fromMs: startMs, ms: toMs - startMs })
    reachedMs = Math.max(toMs, startMs)
  }
  return segments
}
