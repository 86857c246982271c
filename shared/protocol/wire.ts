import * as v from 'valibot'
import { actNoticeSchema } from './act.ts'
import { deskSchema } from './desk.ts'
import { instant, count as position } from './fields.ts'
import { describeFault, type Fault } from './raw.ts'

/**
 * The messages between relay and extension, both directions. PROTOCOL.md tells the rules that go with them.
 *
 * Each side decodes what it receives with these schemas; a field or a `type` that is not here is ignored, so that an older
 * side can talk to a newer one.
 */

const cursor = v.object({ epoch: v.string(), position })
/** A place in one relay's log. `epoch` is opaque: it changes when earlier positions become invalid. */
export type Cursor = v.InferOutput<typeof cursor>

const hello = v.object({
  type: v.literal('hello'),
  token: v.pipe(v.string(), v.minLength(1), v.maxLength(512)),
  after: v.nullable(cursor),
  client: v.pipe(v.string(), v.maxLength(128)),
  /**
   * `mine`: sessions with a part of theirs, whatever else they may see. `watched`: sessions in which somebody or a queue that
   * they watch has a part. Absent: all sessions for a user who watches the account, their own for all others.
   */
  view: v.optional(v.picklist(['mine', 'watched'])),
})
const pong = v.object({ type: v.literal('pong') })

const watched = v.union([v.literal('all'), v.array(v.string())])
const watches = v.object({ extensions: watched, queues: watched })
/** Whose calls somebody may watch and listen to, and the queues that they run: extension ids, or the whole account. */
export type Watches = v.InferOutput<typeof watches>

export const userSchema = v.object({
  accountId: v.string(),
  extensionId: v.string(),
  name: v.string(),
  /** A `supervisor` is who watches somebody or a queue. */
  role: v.picklist(['agent', 'supervisor']),
  /** In which they write numbers, ISO 3166 (`US`); absent while RingCentral does not tell. */
  homeCountry: v.optional(v.string()),
  /** Empty for an agent; absent from relays that do not know rights yet. */
  watches: v.optional(watches),
})
/** The person a relay token belongs to; ids are RingCentral's. */
export type User = v.InferOutput<typeof userSchema>

/** Whether there is a board for somebody: they watch an extension or a queue. */
export function watchesAnybody({ watches }: Pick<User, 'watches'>): boolean {
  return watches !== undefined && (watches.extensions.length > 0 || watches.queues.length > 0)
}

const welcome = v.object({
  type: v.literal('welcome'),
  epoch: v.string(),
  head: position,
  oldest: position,
  resumed: v.boolean(),
  complete: v.boolean(),
  user: userSchema,
  tokenExpiresAt: instant,
  now: instant,
})

const subscription = v.object({
  /** `Active`, or RingCentral's word for why it is not, or `None`. */
  status: v.string(),
  expiresAt: v.nullable(instant),
  lastEventAt: v.nullable(instant),
})
/** How the relay's webhook subscription stands, as the relay last knew. */
export type SubscriptionState = v.InferOutput<typeof subscription>

const ping = v.object({
  type: v.literal('ping'),
  now: instant,
  head: position,
  sent: position,
  subscription,
})

/** The platform's answer about a session, in the log and to `GET /v1/sessions/:sid`. */
export const sessionStatusSchema = v.object({
  telephonySessionId: v.string(),
  asOf: instant,
  found: v.boolean(),
  session: v.optional(v.unknown()),
})

/** What {@link sessionStatusSchema} describes. */
export type SessionAnswer = v.InferOutput<typeof sessionStatusSchema>

const logEvent = v.union([
  v.object({ position, receivedAt: instant, notification: v.unknown() }),
  v.object({ position, receivedAt: instant, status: sessionStatusSchema }),
  v.object({ position, receivedAt: instant, desk: deskSchema }),
  v.object({ position, receivedAt: instant, act: actNoticeSchema }),
])
/**
 * One record of the relay's log as a client sees it: RingCentral's envelope untouched, the answer to a status request, what
 * somebody at a desk told, or what a rule did. `receivedAt` is on the relay's clock.
 */
export type LogEvent = v.InferOutput<typeof logEvent>

/** A record of a kind that a later relay may keep: counted by its head, and otherwise none of our business. */
const otherRecord = v.pipe(
  v.looseObject({ position, receivedAt: instant }),
  v.check((record) => !('notification' in record || 'status' in record), 'a record of a known kind, well formed'),
  v.transform(() => undefined),
)
const logEvents = v.pipe(
  v.array(v.union([logEvent, otherRecord])),
  v.transform((records) => records.filter((record) => record !== undefined)),
)

const events = v.object({ type: v.literal('events'), events: logEvents, head: position })

const error = v.object({ type: v.literal('error'), code: v.string(), message: v.string() })

export const CLIENT_SCHEMAS = { hello, pong } as const
export const RELAY_SCHEMAS = { welcome, events, ping, error } as const

export type HelloMessage = v.InferOutput<typeof hello>
export type ClientMessage = v.InferOutput<(typeof CLIENT_SCHEMAS)[keyof typeof CLIENT_SCHEMAS]>
export type WelcomeMessage = v.InferOutput<typeof welcome>
export type EventsMessage = v.InferOutput<typeof events>
export type PingMessage = v.InferOutput<typeof ping>
export type ErrorMessage = v.InferOutput<typeof error>
export type RelayMessage = v.InferOutput<(typeof RELAY_SCHEMAS)[keyof typeof RELAY_SCHEMAS]>

/** Why the relay closed the stream. 1012 is the standard "service restart"; the others are ours. */
export const CLOSE_CODES = {
  badMessage: 4400,
  unauthorised: 4401,
  notAllowed: 4403,
  noHello: 4408,
  tooLarge: 4413,
  tooSlow: 4429,
  restart: 1012,
} as const

/** Word of the error before a close with `restart`, where it is the person's rights that have changed: they come again at once. */
export const RIGHTS_CHANGED_CODE = 'rights_changed'

export type Decoded<T> =
  | { readonly kind: 'message'; readonly message: T }
  /** Well formed, of a `type` that we do not know: to be ignored. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'malformed'; readonly reason: string }

/** Decodes a text frame that a client sent. Never throws. */
export function decodeClientMessage(text: string): Decoded<ClientMessage> {
  return decode(CLIENT_SCHEMAS, text)
}

/** Decodes a text frame that the relay sent. Never throws. */
export function decodeRelayMessage(text: string): Decoded<RelayMessage> {
  return decode(RELAY_SCHEMAS, text)
}

function decode<Schemas extends Readonly<Record<string, v.GenericSchema>>>(
  schemas: Schemas,
  text: string,
): Decoded<v.InferOutput<Schemas[keyof Schemas]>> {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    return { kind: 'malformed', reason: 'the message is not JSON' }
  }
  const type = typeof raw === 'object' && raw !== null && 'type' in raw ? raw.type : undefined
  if (typeof type !== 'string') return { kind: 'malformed', reason: 'type should be a string, but is missing' }
  const schema = Object.hasOwn(schemas, type) ? schemas[type] : undefined
  if (schema === undefined) return { kind: 'unknown' }
  const result = v.safeParse(schema, raw, { abortEarly: true })
  if (result.success) return { kind: 'message', message: result.output as v.InferOutput<Schemas[keyof Schemas]> }
  return { kind: 'malformed', reason: describeIssue(result.issues[0]) }
}

/** Says what was wrong without repeating the value: it may be a token. */
function describeIssue(issue: v.BaseIssue<unknown>): string {
  const fault: Fault = {
    path: v.getDotPath(issue) ?? 'the message',
    expected: issue.expected ?? issue.message,
    got: issue.input === undefined ? 'missing' : 'something else',
  }
  return describeFault(fault)
}
