import type { Ownership } from '../log/storage.ts'
import type { SubscriptionStanding } from '../ringcentral/standing.ts'

/** How the subscription stands, as its owner tells the relays that do not look after it. */
export interface Told extends SubscriptionStanding {
  readonly accountId: string | undefined
}

const NOBODY: Told = {
  status: 'Unknown',
  expiresAtMs: undefined,
  hindrance: 'No relay tells how it stands: one should become the owner within seconds.',
  accountId: undefined,
}

export function createTold(ownership: Pick<Ownership, 'published'>): { read(): Told; write(told: Told): string } {
  return {
    read() {
      const text = ownership.published
      // It was written by a relay like this one.
      return text === undefined ? NOBODY : { ...NOBODY, hindrance: undefined, ...(JSON.parse(text) as Partial<Told>) }
    },
    write: ({ status, expiresAtMs, hindrance, accountId }) =>
      JSON.stringify({ status, expiresAtMs, hindrance, accountId }),
  }
}
