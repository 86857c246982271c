import * as v from 'valibot'
import type { User, Watches } from '../../shared/protocol/wire.ts'
import type { Settings } from '../config.ts'
import type { Records } from '../log/records.ts'
import type { Grants } from '../ringcentral/grants.ts'
import type { Identity } from '../ringcentral/who-is.ts'
import { WATCHES_ALL, WATCHES_NOTHING, watchesNothing } from './watches.ts'

/** Somebody who is signed in, with what they may watch. */
export interface UserWithRights extends User {
  readonly watches: Watches
}

/**
 * Whom people may watch: what RingCentral grants them, and the whole account for those whom the settings name. It is kept with
 * the sign-ins, so that a restart knows it without asking.
 */
export interface Rights {
  /** The person as clients are told, with their role and what they watch. */
  describe(identity: Identity): UserWithRights
  /** When RingCentral last told, ms since the epoch, relay's clock; `undefined`: never, or nobody is signed in. */
  readAtMs(extensionId: string): number | undefined
  /** Holds from this call on; resolves when it does after a restart too. */
  keep(extensionId: string, told: { readonly grants: Grants; readonly atMs: number }): Promise<void>
  /** Extension ids of those of whom something is kept. */
  people(): readonly string[]
  /** Nobody is signed in as this person any more. */
  forget(extensionId: string): Promise<void>
  /** Calls `listener` with whose rights have changed, as soon as they have. */
  onChanged(listener: (extensionId: string) => void): void
}

const kept = v.object({
  extensionId: v.string(),
  monitors: v.array(v.string()),
  runs: v.array(v.string()),
  readAtMs: v.number(),
})
type Kept = v.InferOutput<typeof kept>

const KEY_PREFIX = 'rights/'

export async function createRights(dependencies: {
  readonly records: Records
  readonly settings: Pick<Settings, 'supervisors'>
}): Promise<Rights> {
  const { records, settings } = dependencies
  const byPerson = new Map<string, Kept>()
  const listeners: ((extensionId: string) => void)[] = []
  const decode = (text: string): Kept => v.parse(kept, JSON.parse(text))
  for (const text of await records.list(KEY_PREFIX)) {
    const one = decode(text)
    byPerson.set(one.extensionId, one)
  }
  records.onChangedElsewhere((key, text) => {
    if (!key.startsWith(KEY_PREFIX)) return
    const extensionId = key.slice(KEY_PREFIX.length)
    change(extensionId, () =>
      text === undefined ? byPerson.delete(extensionId) : byPerson.set(extensionId, decode(text)),
    )
  })

  function watchesOf(extensionId: string): Watches {
    if (settings.supervisors.includes(extensionId)) return WATCHES_ALL
    const own = byPerson.get(extensionId)
    return own === undefined ? WATCHES_NOTHING : { extensions: own.monitors, queues: own.runs }
  }

  /** Tells of it when what somebody watches is another afterwards. */
  function change(extensionId: string, action: () => void): void {
    const before = JSON.stringify(watchesOf(extensionId))
    action()
    if (JSON.stringify(watchesOf(extensionId)) === before) return
    for (const listener of listeners) listener(extensionId)
  }

  return {
    describe({ accountId, extensionId, name, homeCountry }) {
      const watches = watchesOf(extensionId)
      const role = watchesNothing(watches) ? 'agent' : 'supervisor'
      return { accountId, extensionId, name, role, ...(homeCountry === undefined ? {} : { homeCountry }), watches }
    },
    readAtMs: (extensionId) => byPerson.get(extensionId)?.readAtMs,
    people: () => [...byPerson.keys()],
    async keep(extensionId, { grants, atMs }) {
      const one: Kept = { extensionId, monitors: [...grants.monitors], runs: [...grants.runs], readAtMs: atMs }
      change(extensionId, () => byPerson.set(extensionId, one))
      await records.put(KEY_PREFIX + extensionId, JSON.stringify(one))
    },
    async forget(extensionId) {
      if (!byPerson.has(extensionId)) return
      change(extensionId, () => byPerson.delete(extensionId))
      await records.remove(KEY_PREFIX + extensionId)
    },
    onChanged: (listener) => listeners.push(listener),
  }
}
