import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts'

const MAX_BACKOFF_MS = MINUTE_MS
const FIRST_BACKOFF_MS = 2 * SECOND_MS

export interface DisabledFilter {
  readonly filter: string
  /** The code of the refusal that the filter alone would get. */
  readonly reason?: string | undefined
}

/** What to say of event filters that RingCentral accepted and then disabled. */
export function adviseDisabledFilters(disabled: readonly DisabledFilter[]): string {
  const filters = disabled.map(({ filter }) => filter)
  const permission = filters.some((filter) => filter.includes('/telephony/')) ? 'CallControl' : 'SubscriptionWebhook'
  const app = `add the permission ${permission} to the app`
  const user = 'let the user of RINGCENTRAL_JWT see all extensions and control their calls'
  const reasons = disabled.flatMap(({ reason }) => reason ?? [])
  const lacking = reasons.includes('CMN-401') ? app : reasons.includes('CMN-408') ? user : `${app}, and ${user}`
  return `RingCentral disabled the event filters ${filters.join(', ')}, which need ${permission}: in the RingCentral console, ${lacking}.`
}

/**
 * How long to wait before try number `attempt` (0 is the first repetition):
 * random between half and all of min(60 s, 2 s × 2^attempt), and never less than RingCentral asked for.
 */
export function backoffMs(attempt: number, afterMs: number | undefined, random: () => number): number {
  const cap = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(attempt, 10))
  return Math.max(afterMs ?? 0, cap * (0.5 + random() / 2))
}
