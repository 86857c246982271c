import { speakNumber } from '../../shared/crm/crm-digits.ts'
import {
  CRM_STATES,
  type CrmAnswer,
  type CrmChoiceBody,
  type CrmMatchesAnswer,
  type CrmRecordJson,
  type CrmRecordsAnswer,
  type CrmState,
} from '../../shared/protocol/http/crm.ts'
import type { UserWithRights } from '../people/rights.ts'
import { maySee, watchesAll } from '../people/watches.ts'
import type { Connecting } from './connection/connecting.ts'
import type { Connections } from './connection/connection.ts'
import { ACCOUNT } from './connection/connections.ts'
import type { TokenStore } from './connection/token-store.ts'
import type { Connector } from './connector.ts'
import type { Matches } from './matching/matches.ts'
import type { CallNotes } from './notes.ts'
import { releaseUnmatched } from './outbox/look-again.ts'
import type { CrmRow } from './outbox/row.ts'
import type { RowStore } from './outbox/row-store.ts'
import { describeContact, describeRow } from './record-json.ts'

/** The CRM as people use it through the relay. Whoever has a part in a call, or watches it, sees its record and may decide about it. */
export interface Crm {
  describe(user: UserWithRights): CrmAnswer
  /** `undefined` where nobody has connected it. Throws a `CrmFault`. */
  match(user: UserWithRights, number: string): Promise<CrmMatchesAnswer | undefined>
  records(user: UserWithRights, wanted: RecordsWanted): CrmRecordsAnswer
  decide(user: UserWithRights, key: string, choice: CrmChoiceBody): Promise<CrmRecordJson | 'unknown' | 'wrongState'>
  note(note: {
    readonly telephonySessionId: string
    readonly extensionId: string
    readonly text: string
  }): Promise<void>
  /** How people connect it; `undefined` where the relay has a key. */
  readonly connecting: Connecting | undefined
  /** Whose connection somebody may make and end: the account's, or their own. */
  ownerFor(user: UserWithRights): string
}

export interface RecordsWanted {
  readonly states: readonly CrmState[]
  readonly sinceMs: number
  /** Only the call that this session is a part of. */
  readonly telephonySessionId: string | undefined
  /** Only those in which the person has a part. */
  readonly isMine: boolean
}

export interface CrmOptions {
  readonly connector: Connector
  readonly connections: Connections
  readonly store: TokenStore | undefined
  readonly connecting: Connecting | undefined
  readonly matches: Matches
  readonly rows: RowStore
  readonly notes: CallNotes
  readonly nameOf: (extensionId: string) => string | undefined
  readonly nowMs: () => number
}

export function createCrm(options: CrmOptions): Crm {
  const { connector, connections, store, connecting, matches, rows, notes, nameOf, nowMs } = options
  const { displayName } = connector
  const ownerFor = (user: UserWithRights) => (watchesAll(user.watches) ? ACCOUNT : user.extensionId)
  const names = { nameOf, hindranceOf }
  const describe = (row: CrmRow) => describeRow(row, names)

  function hindranceOf({ state, call }: CrmRow): string | undefined {
    if (state !== 'ready' && state !== 'sent') return undefined
    const connection = connections.of(call.ownerExtensionId)
    if (connection === undefined) return `Nobody has connected ${displayName} for this call.`
    return connections.faultOf(connection.owner)
  }

  function* list({ sinceMs, telephonySessionId: id }: RecordsWanted): Iterable<CrmRow> {
    const all = id === undefined ? rows.all() : rows.ofSession(id)
    for (const row of all) if (row.call.startedMs >= sinceMs) yield row
  }

  return {
    connecting,
    ownerFor,
    describe(user) {
      const connection = connections.of(user.extensionId)
      const isOfAccount = connection === undefined ? watchesAll(user.watches) : connection.owner === ACCOUNT
      const fault = connection && connections.faultOf(connection.owner)
      return {
        isOn: true,
        name: connector.name,
        displayName,
        ownership: isOfAccount ? 'account' : 'person',
        isConnected: connection !== undefined,
        canConnect: connecting !== undefined && (watchesAll(user.watches) || store?.get(ACCOUNT) === undefined),
        ...(fault !== undefined && { fault }),
      }
    },
    async match(user, number) {
      const connection = connections.of(user.extensionId)
      if (connection === undefined) return undefined
      const spoken = speakNumber(number)
      if (spoken === undefined || rows.isCompanyNumber(spoken.e164)) return { crm: displayName, contacts: [] }
      const contacts = await matches.find(connection, spoken)
      // What could not be written down is looked up again in its time.
      if (contacts.length > 0)
        releaseUnmatched(options, { connection, phoneNumber: spoken.e164, nowMs: nowMs() }).catch(() => undefined)
      const newContactUrl = connector.newContactUrl(connection.api, spoken)
      return {
        crm: displayName,
        contacts: contacts.map(describeContact),
        ...(newContactUrl !== undefined && { newContactUrl }),
      }
    },
    records(user, request) {
      const { states, isMine } = request
      const seen = [...list(request)].filter(({ memberIds }) =>
        isMine ? memberIds.includes(user.extensionId) : maySee(user, memberIds),
      )
      const wanted = states.length === 0 ? seen : seen.filter(({ state }) => states.includes(state))
      return { records: sortRows(wanted).map(describe), counts: countStates(seen) }
    },
    async decide(user, key, choice) {
      const row = rows.get(key)
      if (row === undefined || !maySee(user, row.memberIds)) return 'unknown'
      let isDone = false
      const changed = await rows.change(key, (one) => {
        const next = applyChoice(one, choice, nowMs())
        isDone = next !== undefined
        return next ?? one
      })
      if (changed === undefined) return 'unknown'
      return isDone ? describe(changed) : 'wrongState'
    },
    async note(note) {
      await notes.put({ ...note, atMs: nowMs() })
      for (const { key } of rows.ofSession(note.telephonySessionId)) {
        await rows.change(key, (row) =>
          row.state === 'logged' || row.state === 'sent' ? { ...row, isNoteDue: true, dueAtMs: nowMs() } : row,
        )
      }
    },
  }
}

/** The latest first. */
export function sortRows(rows: readonly CrmRow[]): readonly CrmRow[] {
  return rows.toSorted((a, b) => b.call.startedMs - a.call.startedMs || (a.key < b.key ? -1 : 1))
}

/** How many rows stand in which way. */
export function countStates(rows: Iterable<CrmRow>): Record<CrmState, number> {
  const counts = Object.fromEntries(CRM_STATES.map((state) => [state, 0])) as Record<CrmState, number>
  for (const { state } of rows) counts[state]++
  return counts
}

/** `undefined` where there is nothing to decide any more. */
function applyChoice(row: CrmRow, choice: CrmChoiceBody, nowMs: number): CrmRow | undefined {
  if (row.state === 'logged' || row.state === 'sent') return undefined
  const { words: _, lookAtMs: __, looks: ___, ...rest } = row
  if ('skip' in choice) return { ...rest, state: 'leftOut', sinceMs: nowMs }
  if (row.state === 'waiting') return undefined
  // A request may have been sent before: then the CRM is asked for its record first.
  const again = {
    ...rest,
    state: row.tries > 0 ? ('sent' as const) : ('ready' as const),
    tries: 0,
    dueAtMs: nowMs,
    sinceMs: nowMs,
  }
  if ('retry' in choice) {
    // Whom it was about may be deleted or merged by now. What may have been written is looked for as the record of the same.
    const { contact: _contact, candidates: _candidates, ...anew } = again
    return row.state === 'refused' ? anew : again
  }
  const contact = row.candidates?.find(({ id }) => id === choice.contactId)
  return contact === undefined ? undefined : { ...again, contact }
}
