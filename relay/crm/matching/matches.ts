import type { Clock } from '../../../shared/clock.ts'
import { isSpokenAs, type SpokenNumber } from '../../../shared/crm/crm-digits.ts'
import { MINUTE_MS } from '../../../shared/time.ts'
import type { Connection } from '../connection/connection.ts'
import type { Connector, CrmContact } from '../connector.ts'

/** Who in the CRM has a number, digit by digit; remembered for some minutes. */
export interface Matches {
  /** Throws a `CrmFault`. */
  find(connection: Connection, number: SpokenNumber): Promise<readonly CrmContact[]>
  /** The same, but that nobody has the number is asked anew: somebody may have been added since the phone rang. */
  findNow(connection: Connection, number: SpokenNumber): Promise<readonly CrmContact[]>
  /** What is remembered of a number does not hold any more. */
  forget(connection: Connection, number: SpokenNumber): void
}

const FRESH_MS = 5 * MINUTE_MS
/** More numbers than call anybody within minutes. */
const MAX_KEPT = 5000

export function createMatches(connector: Pick<Connector, 'findContacts'>, clock: Pick<Clock, 'elapsedMs'>): Matches {
  const kept = new Map<string, { readonly atMs: number; readonly contacts: Promise<readonly CrmContact[]> }>()

  async function ask({ api }: Connection, number: SpokenNumber): Promise<readonly CrmContact[]> {
    const found = await connector.findContacts(api, number)
    const own = found.filter(({ numbers }) => numbers.some((written) => isSpokenAs(number, written)))
    return [...new Map(own.map((contact) => [`${contact.kind} ${contact.id}`, contact])).values()]
  }

  function askAndKeep(connection: Connection, number: SpokenNumber, key: string): Promise<readonly CrmContact[]> {
    const contacts = ask(connection, number)
    kept.delete(key)
    kept.set(key, { atMs: clock.elapsedMs(), contacts })
    contacts.catch(() => kept.delete(key))
    for (const oldest of kept.keys()) {
      if (kept.size <= MAX_KEPT) break
      kept.delete(oldest)
    }
    return contacts
  }

  const keyOf = ({ owner }: Connection, { e164 }: SpokenNumber) => `${owner} ${e164}`

  function recall(key: string): Promise<readonly CrmContact[]> | undefined {
    const known = kept.get(key)
    return known !== undefined && clock.elapsedMs() - known.atMs < FRESH_MS ? known.contacts : undefined
  }

  return {
    async find(connection, number) {
      const key = keyOf(connection, number)
      return recall(key) ?? askAndKeep(connection, number, key)
    },
    async findNow(connection, number) {
      const key = keyOf(connection, number)
      const known = (await recall(key)) ?? []
      return known.length > 0 ? known : askAndKeep(connection, number, key)
    },
    forget: (connection, number) => void kept.delete(keyOf(connection, number)),
  }
}
