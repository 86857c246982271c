import type { Fact } from '../calls/live-session.ts'

/**
 * What really happened, in the order in which it happened, from the platform's own knowledge of its calls. Nothing in it was read
 * from an event, so whoever reads events can be measured against it. Calls of scenarios are not in it: those go their own way.
 */
export interface Journal {
  record(fact: Fact): void
  /** How many changes have happened; each is one event. */
  position(): number
  /** Of the changes up to a position; of all unless given. */
  facts(position?: number): readonly Fact[]
}

export function createJournal(): Journal {
  const facts: Fact[] = []
  return {
    record: (fact) => void facts.push(fact),
    position: () => facts.length,
    facts: (position = facts.length) => facts.slice(0, position),
  }
}
