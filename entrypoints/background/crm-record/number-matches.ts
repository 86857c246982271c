import type { Clock } from '../../../shared/clock.ts'
import type { CrmMatchesAnswer } from '../../../shared/protocol/http/crm.ts'
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import type { CrmClient } from './crm-client.ts'

/**
 * Who in the CRM has the number of a call. A card is never held up for it: it is drawn without, and drawn again when there is an
 * answer. Colleagues are not looked up: they are no customers.
 */
export interface NumberMatches {
  of(row: Pick<CallRow, 'numberKey'>): CrmMatchesAnswer | undefined
  /** Asks about the numbers of these calls of which nothing is known, or only what is old; forgets all others. */
  look(rows: readonly CallRow[]): void
}

export interface NumberMatchesOptions {
  readonly client: Pick<CrmClient, 'matches'>
  readonly clock: Pick<Clock, 'nowMs'>
  /** Keeps an answer beyond the call. */
  readonly keep: (numberKey: string, answer: CrmMatchesAnswer) => Promise<void>
  /** Something else is known than `of` said last. */
  readonly onChanged: () => void
}

/** As long as the relay keeps an answer: asking earlier brings the same one. */
export const MATCHES_LIFE_MS = 5 * MINUTE_MS
/** After no answer. */
export const MATCHES_RETRY_MS = 30 * SECOND_MS

interface Entry {
  readonly answer: CrmMatchesAnswer | undefined
  /** Not asked again before; infinite while it is being asked. */
  readonly freshUntilMs: number
}

export function createNumberMatches({ client, clock, keep, onChanged }: NumberMatchesOptions): NumberMatches {
  const entries = new Map<string, Entry>()

  async function ask(numberKey: string, phoneNumber: string): Promise<void> {
    const before = entries.get(numberKey)?.answer
    entries.set(numberKey, { answer: before, freshUntilMs: Number.POSITIVE_INFINITY })
    const answer = await client.matches(phoneNumber)
    // Its call is on no card any more.
    if (!entries.has(numberKey)) return
    const lifeMs = answer === undefined ? MATCHES_RETRY_MS : MATCHES_LIFE_MS
    entries.set(numberKey, { answer: answer ?? before, freshUntilMs: clock.nowMs() + lifeMs })
    if (answer === undefined || JSON.stringify(answer) === JSON.stringify(before)) return
    onChanged()
    // A store that takes nothing in costs the name next time; this call has it.
    await keep(numberKey, answer).catch(() => undefined)
  }

  return {
    of: ({ numberKey }) => (numberKey === undefined ? undefined : entries.get(numberKey)?.answer),
    look: (rows) => {
      const wanted = new Map(rows.flatMap(numberOf))
      for (const numberKey of entries.keys()) if (!wanted.has(numberKey)) entries.delete(numberKey)
      for (const [numberKey, phoneNumber] of wanted) {
        if (clock.nowMs() >= (entries.get(numberKey)?.freshUntilMs ?? 0)) void ask(numberKey, phoneNumber)
      }
    },
  }
}

function numberOf({ numberKey, phoneNumber }: CallRow): readonly [numberKey: string, phoneNumber: string][] {
  const isOutside = numberKey?.startsWith('tel:') === true
  return isOutside && phoneNumber !== undefined ? [[numberKey, phoneNumber]] : []
}
