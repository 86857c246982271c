import type { Clock } from '../../../shared/clock.ts'
import { speakNumber } from '../../../shared/crm/crm-digits.ts'
import { composeBody, composeTitle } from '../../../shared/crm/record-body.ts'
import { HOUR_MS } from '../../../shared/time.ts'
import { type CrmApi, isRefused, orIfRefused } from '../api.ts'
import type { Connection } from '../connection/connection.ts'
import type { Connector, CrmContact, RecordToWrite, Written } from '../connector.ts'
import type { Matches } from '../matching/matches.ts'
import { uuidOf } from '../uuid.ts'
import type { CrmRow } from './row.ts'

/** What is asked of a CRM for one row, in the steps in which it may break off. All of them throw a `CrmFault`. */
export interface RecordWriter {
  /** Whose call it is in the CRM. */
  match(row: CrmRow, connection: Connection): Promise<Match>
  /** Whether anybody has the number by now, as far as was asked within some minutes. */
  isKnown(row: CrmRow, connection: Connection): Promise<boolean>
  /** The record where an earlier request has written it. */
  lookUp(row: CrmRow, connection: Connection): Promise<Written | undefined>
  write(row: CrmRow, connection: Connection): Promise<Written>
  updateNote(row: CrmRow, connection: Connection): Promise<void>
}

export type Match =
  | { readonly kind: 'one'; readonly contact: CrmContact | undefined }
  /** `mayAppear`: somebody may be added who has the number. */
  | { readonly kind: 'none'; readonly words: string; readonly mayAppear: boolean }
  | { readonly kind: 'several'; readonly candidates: readonly CrmContact[] }

export interface RecordWriterOptions {
  readonly connector: Connector
  readonly matches: Matches
  /** Whether calls are written as well where the CRM knows nobody. */
  readonly logsAll: boolean
  /** The e-mail address of an extension; `undefined` where records have no owner, or it has none. */
  readonly emailOf: (extensionId: string) => Promise<string | undefined>
  readonly nameOf: (extensionId: string) => string | undefined
  readonly notesOf: (row: CrmRow) => Promise<RecordNotes>
  /** A number of the company's own, which is nobody's in the CRM. */
  readonly isOwnNumber: (e164: string) => boolean
  readonly clock: Pick<Clock, 'elapsedMs'>
}

/** Somebody may be made a user of the CRM, or leave. */
const OWNER_FRESH_MS = HOUR_MS

export type RecordNotes = readonly { readonly extensionId: string; readonly text: string }[]

export function createRecordWriter(options: RecordWriterOptions): RecordWriter {
  const { connector, matches, logsAll, emailOf, nameOf, notesOf, isOwnNumber, clock } = options
  /** By connection: another account may be behind the next one. */
  const owners = new WeakMap<CrmApi, Map<string, { readonly untilMs: number; readonly id: string | undefined }>>()
  const prepared = new WeakSet<CrmApi>()

  async function findOwnerId({ call }: CrmRow, { api }: Connection): Promise<string | undefined> {
    const email = call.ownerExtensionId === undefined ? undefined : await emailOf(call.ownerExtensionId)
    if (email === undefined) return undefined
    const known = owners.get(api) ?? new Map()
    owners.set(api, known)
    const fresh = known.get(email)
    if (fresh !== undefined && fresh.untilMs > clock.elapsedMs()) return fresh.id
    // A record without its owner is better than none: who connects may not be allowed to see users.
    const id = await orIfRefused(connector.findOwner(api, email), undefined)
    known.set(email, { untilMs: clock.elapsedMs() + OWNER_FRESH_MS, id })
    return id
  }

  async function compose(row: CrmRow, connection: Connection): Promise<RecordToWrite> {
    const ownerId = await findOwnerId(row, connection)
    return {
      key: row.key,
      uuid: uuidOf(row.key),
      call: row.call,
      title: composeTitle(row.call),
      body: composeBody(row.call, { nameOf, notes: await notesOf(row) }),
      ...(row.contact !== undefined && { contact: row.contact }),
      ...(ownerId !== undefined && { ownerId }),
    }
  }

  /**
   * A user whom the CRM does not take as an owner, because they were deactivated or have no licence for it, costs no record: it is written
   * as the one of who connects. What was refused was not done.
   */
  async function writeOwned({ api }: Connection, record: RecordToWrite): Promise<Written> {
    try {
      return await connector.write(api, record)
    } catch (fault) {
      if (!isRefused(fault) || record.ownerId === undefined) throw fault
      owners.delete(api)
      const { ownerId: _, ...unowned } = record
      return connector.write(api, unowned).catch((other: unknown) => {
        throw isRefused(other) ? fault : other
      })
    }
  }

  async function prepare({ api }: Connection): Promise<void> {
    if (prepared.has(api)) return
    await connector.prepare?.(api)
    prepared.add(api)
  }

  function unmatched(words: string, mayAppear = false): Match {
    return logsAll && connector.needsContact !== true
      ? { kind: 'one', contact: undefined }
      : { kind: 'none', words, mayAppear }
  }

  return {
    async match({ call, contact }, connection) {
      if (contact !== undefined) return { kind: 'one', contact }
      if (call.customerNumber === undefined) return unmatched('The caller withheld their number.')
      const number = speakNumber(call.customerNumber)
      if (number === undefined) return unmatched('The number is none of the world’s numbering plan.')
      if (isOwnNumber(number.e164)) {
        return { kind: 'none', words: 'The number is one of the company’s own.', mayAppear: false }
      }
      const found = await matches.findNow(connection, number)
      if (found.length > 1) return { kind: 'several', candidates: found }
      const [only] = found
      return only === undefined
        ? unmatched(`${connector.displayName} knows nobody with this number.`, true)
        : { kind: 'one', contact: only }
    },
    async isKnown({ call }, connection) {
      const number = speakNumber(call.customerNumber)
      return number !== undefined && (await matches.find(connection, number)).length > 0
    },
    lookUp: async (row, connection) => connector.lookUp(connection.api, await compose(row, connection)),
    async write(row, connection) {
      await prepare(connection)
      const record = await compose(row, connection)
      try {
        return await writeOwned(connection, record)
      } catch (fault) {
        const number = speakNumber(row.call.customerNumber)
        // Whom it was found for may be gone: who tries again has it looked up anew.
        if (isRefused(fault) && number !== undefined) matches.forget(connection, number)
        throw fault
      }
    },
    async updateNote(row, connection) {
      if (row.recordId === undefined || connector.updateNote === undefined) return
      await connector.updateNote(connection.api, row.recordId, await compose(row, connection))
    },
  }
}
