import * as v from 'valibot'
import type { Clock } from '../../shared/clock.ts'
import type { Colleague, Presence } from '../../shared/protocol/http/colleagues.ts'
import { SECOND_MS } from '../../shared/time.ts'
import type { Capabilities } from '../capabilities.ts'
import type { Directory } from '../directory/directory.ts'
import { selectExtensionKind } from '../directory/extension-kind.ts'
import type { Login } from '../people/login.ts'
import { RingCentralError } from '../ringcentral/api.ts'
import { id } from '../ringcentral/id.ts'
import { isOwnAnswer, isRefusal } from '../ringcentral/verdicts.ts'
import type { PersonClient } from './person-client.ts'
import { wordsOf } from './refusal.ts'

/** Whom a person may give a call to, or ask first. */
export interface Colleagues {
  /** By name; none where the directory can't be read, or not soon enough. */
  list(login: Login): Promise<readonly Colleague[]>
}

type Presences = ReadonlyMap<string, Presence>

const text = v.fallback(v.optional(v.string()), undefined)
const answer = v.object({
  records: v.array(
    v.object({
      extension: v.object({ id }),
      presenceStatus: text,
      telephonyStatus: text,
      userStatus: text,
      dndStatus: text,
    }),
  ),
})
type PresenceRecord = v.InferOutput<typeof answer>['records'][number]

/** The presence of everybody is a request of the group Heavy, of which a person has ten a minute. */
const FRESH_MS = 20 * SECOND_MS
const NAMES_WAIT_MS = 2 * SECOND_MS
/** RingCentral's most. */
const PAGE_RECORDS = 1000

export function createColleagues(dependencies: {
  readonly client: PersonClient
  readonly clock: Pick<Clock, 'elapsedMs' | 'after'>
  readonly capabilities: Pick<Capabilities, 'note'>
  readonly directory: Directory
}): Colleagues {
  const { client, clock, capabilities, directory } = dependencies
  const kept = new Map<string, { readonly presences: Promise<Presences>; readonly atMs: number }>()

  /** A refusal is kept for as long: whoever may not read it is not asked about with every call. */
  function readFresh(login: Login): Promise<Presences> {
    const { extensionId } = login
    const known = kept.get(extensionId)
    if (known !== undefined && clock.elapsedMs() - known.atMs < FRESH_MS) return known.presences
    const presences = read(login)
    kept.set(extensionId, { presences, atMs: clock.elapsedMs() })
    return presences
  }

  async function read(login: Login): Promise<Presences> {
    const { extensionId } = login
    try {
      const raw = await client.send(login, { method: 'GET', path: `/presence?perPage=${PAGE_RECORDS}`, group: 'Heavy' })
      capabilities.note('presence', undefined, extensionId)
      const records = v.safeParse(answer, raw)
      if (!records.success) return new Map()
      return new Map(records.output.records.flatMap(readPresence))
    } catch (error) {
      // Names are of use without it.
      if (!(error instanceof RingCentralError)) throw error
      if (isRefusal(error.status) && isOwnAnswer(error)) capabilities.note('presence', wordsOf(error), extensionId)
      return new Map()
    }
  }

  /** The directory is read in a moment; whoever types does not wait for longer. */
  async function waitForNames(): Promise<void> {
    const late = Promise.withResolvers<void>()
    const cancel = clock.after(NAMES_WAIT_MS, late.resolve)
    await Promise.race([directory.want(), late.promise])
    cancel()
  }

  return {
    async list(login) {
      const [presences] = await Promise.all([readFresh(login), waitForNames()])
      return [...directory.people]
        .flatMap(([extensionId, { name, extensionNumber }]): Colleague[] => {
          const isPerson = selectExtensionKind(directory, extensionId) === 'person'
          if (!isPerson || extensionNumber === undefined || extensionId === login.extensionId) return []
          return [{ extensionId, name, extensionNumber, presence: presences.get(extensionId) }]
        })
        .sort((a, b) => a.name.localeCompare(b.name))
    },
  }
}

function readPresence(record: PresenceRecord): readonly (readonly [string, Presence])[] {
  const presence = selectPresence(record)
  return presence === undefined ? [] : [[record.extension.id, presence]]
}

/**
 * A call that rings or goes on says more than what somebody has set.
 *
 * Source: RingCentral API reference, Get User Presence Status.
 */
function selectPresence(record: PresenceRecord): Presence | undefined {
  const { presenceStatus, telephonyStatus, userStatus, dndStatus } = record
  if (dndStatus === 'DoNotAcceptAnyCalls') return 'doNotDisturb'
  if (telephonyStatus === 'Ringing') return 'ringing'
  if (telephonyStatus !== undefined && telephonyStatus !== 'NoCall') return 'busy'
  if (userStatus === 'Offline' || presenceStatus === 'Offline') return 'away'
  if (presenceStatus === 'Busy' || userStatus === 'Busy') return 'busy'
  return presenceStatus === 'Available' ? 'available' : undefined
}
