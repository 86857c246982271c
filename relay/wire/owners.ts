import type { Party } from '../../shared/protocol/party.ts'

/** Extensions that own a party of a session, each once. */
export function ownersOf(parties: readonly Pick<Party, 'extensionId'>[]): readonly string[] {
  return [...new Set(parties.flatMap(({ extensionId }) => extensionId ?? []))]
}
