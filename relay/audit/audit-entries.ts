import type { ActOutcome, ActRecord } from '../../shared/protocol/act.ts'
import { formatInstant, MINUTE_MS } from '../../shared/time.ts'
import type { AuditStep } from './read-audit.ts'

/** One act as the audit tells it. */
export interface AuditEntry extends Omit<ActRecord, 'actId' | 'step'> {
  /** When it was intended, or what came of it was known: ISO-8601, relay's clock. */
  readonly at: string
  /** `underWay`: RingCentral has just been asked. */
  readonly outcome: ActOutcome | 'underWay'
  readonly status?: number | undefined
  /** What RingCentral said. */
  readonly words?: string | undefined
}

/** An act without an answer may still have one for so long; later the relay ended before it came. */
const UNDER_WAY_MS = MINUTE_MS

/** Puts the two records of an act together; in the order in which they were begun. */
export function listEntries(steps: readonly AuditStep[], nowMs: number): readonly AuditEntry[] {
  const entries = new Map<string, AuditEntry>()
  for (const { atMs, record } of steps) {
    const { actId, step: _, ...told } = record
    const outcome = 'outcome' in told ? told.outcome : nowMs - atMs < UNDER_WAY_MS ? 'underWay' : 'unknown'
    entries.set(actId, { at: entries.get(actId)?.at ?? formatInstant(atMs), ...told, outcome })
  }
  return [...entries.values()]
}
