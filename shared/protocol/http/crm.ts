import * as v from 'valibot'
import { count, instant } from '../fields.ts'
import { opaqueId } from './fields.ts'

/**
 * The CRM over HTTP: whether one is connected, what it knows of a number, and what became of each call that should be in it. Instants are
 * ISO-8601; ids of contacts and records are the CRM's own.
 */

/**
 * How the record of a call stands.
 *
 * - `waiting`: the call is over, and late events may still come; `ready`: it waits for its turn, or for the CRM.
 * - `sent`: being written. After a crash the CRM is asked first whether it has it.
 * - `logged`: it is in the CRM.
 * - `noMatch`: the CRM knows nobody by the number; `ambiguous`: several people, and a person has to choose.
 * - `refused`: the CRM says no, and will again; `givenUp`: it was away or too busy at each of ten tries.
 * - `leftOut`: a person wants no record of this call.
 */
export const CRM_STATES = [
  'waiting',
  'ready',
  'sent',
  'logged',
  'noMatch',
  'ambiguous',
  'refused',
  'givenUp',
  'leftOut',
] as const
export type CrmState = (typeof CRM_STATES)[number]

/** Somebody whom the CRM knows. */
export const crmContact = v.object({
  id: v.string(),
  /** The CRM's word for what it is: `contact`, `lead`, … */
  kind: v.string(),
  name: v.string(),
  company: v.optional(v.string()),
  ownerName: v.optional(v.string()),
  /** Its page in the CRM. */
  url: v.optional(v.string()),
})
export type CrmContactJson = v.InferOutput<typeof crmContact>

/** `GET /v1/crm`: which CRM the relay has, and whether it may use it for the person who asks. */
export const crmAnswer = v.object({
  /** False when the relay has no CRM; all else is absent then. */
  isOn: v.boolean(),
  /** `hubspot`, `salesforce`, …; a newer relay may have others. */
  name: v.optional(v.string()),
  displayName: v.optional(v.string()),
  /** Whose connection it is: one for the account, or each person's own. */
  ownership: v.optional(v.picklist(['account', 'person'])),
  isConnected: v.boolean(),
  /** Whether the person may connect and disconnect it. */
  canConnect: v.boolean(),
  /** What keeps it from working, in a sentence. */
  fault: v.optional(v.string()),
})
export type CrmAnswer = v.InferOutput<typeof crmAnswer>

/** `GET /v1/crm/matches?number=`: who in the CRM has a number. */
export const crmMatchesAnswer = v.object({
  /** What the CRM is called. */
  crm: v.string(),
  contacts: v.array(crmContact),
  /** The CRM's own form for a new contact, with the number filled in where it takes one. */
  newContactUrl: v.optional(v.string()),
})
export type CrmMatchesAnswer = v.InferOutput<typeof crmMatchesAnswer>

/** One customer call that should be in the CRM. */
export const crmRecord = v.object({
  /** The call's key: the session that it is known by. */
  key: v.string(),
  /** Every session that it went on in. */
  telephonySessionIds: v.array(v.string()),
  state: v.picklist(CRM_STATES),
  /** When the call began. */
  at: instant,
  direction: v.picklist(['Inbound', 'Outbound']),
  /** The customer's; absent where it is withheld. */
  number: v.optional(v.string()),
  contact: v.optional(crmContact),
  /** Whom a person may choose from, where it is `ambiguous`. */
  candidates: v.optional(v.array(crmContact)),
  /** Who talked longest, as RingCentral calls them. */
  ownerName: v.optional(v.string()),
  /** The record's page in the CRM. */
  recordUrl: v.optional(v.string()),
  /** Why it stands so, in the CRM's words or the relay's. */
  words: v.optional(v.string()),
  /** Requests to write it that were sent so far. */
  tries: count,
  /** When it is tried again by itself; where it is `noMatch`, when the number is looked up again. */
  nextTryAt: v.optional(instant),
})
export type CrmRecordJson = v.InferOutput<typeof crmRecord>

/** `GET /v1/crm/records?state=&since=&session=&mine=`: by their start, the latest first. */
export const crmRecordsAnswer = v.object({
  records: v.array(crmRecord),
  /** Of all records that the person may see since then, or of that session, whatever state was asked for. */
  counts: v.object(v.entriesFromList(CRM_STATES, count)),
})
export type CrmRecordsAnswer = v.InferOutput<typeof crmRecordsAnswer>

/** `POST /v1/crm/records/:key`: whose call it is, another try, or none at all. */
export const crmChoiceBody = v.union(
  [v.object({ contactId: opaqueId }), v.object({ retry: v.literal(true) }), v.object({ skip: v.literal(true) })],
  'an object with one of contactId, retry: true and skip: true',
)
export type CrmChoiceBody = v.InferInput<typeof crmChoiceBody>

/** Longer notes are kept whole in the browser. */
export const MAX_CRM_NOTE_CHARACTERS = 4000

/** `POST /v1/crm/notes`: what a person wrote on the card of a call; an empty text takes it back. */
export const crmNoteBody = v.object({
  telephonySessionId: opaqueId,
  text: v.pipe(
    v.string('a text'),
    v.maxLength(MAX_CRM_NOTE_CHARACTERS, `a text of at most ${MAX_CRM_NOTE_CHARACTERS} characters`),
  ),
})

/** `POST /v1/crm/connect`: `redirectUri` is where the window goes at the end, with `?ok=1` or `?error=WORD`. */
export const crmConnectBody = v.object({
  redirectUri: v.pipe(v.string('an address'), v.url('an address'), v.maxLength(200)),
})

/** Where the browser goes to connect the CRM; of use for some minutes. */
export const crmConnectAnswer = v.object({ url: v.string() })
export type CrmConnectAnswer = v.InferOutput<typeof crmConnectAnswer>
