import * as v from 'valibot'
import { count, instant } from '../fields.ts'
import { directoryPerson, directoryQueue } from './directory.ts'

/**
 * Answers of the board's routes, and what may be asked of them. Instants are ISO-8601; ids are RingCentral's.
 *
 * `GET /v1/board` is the account as it stands at one position of the log: the events of what goes on, and what today's
 * finished calls add up to. The stream goes on from there with `hello {view: "watched", after: {epoch, position}}`.
 */

/** The finished calls of one extension that began today, each customer's call once (SPEC.md J9). */
export const extensionTally = v.object({
  calls: count,
  answered: count,
  missed: count,
  talkMs: count,
  holdMs: count,
  /** The one that ended last, even before midnight. `queueId`: the queue whose caller it was. */
  lastCall: v.optional(v.object({ telephonySessionId: v.string(), endedAt: instant, queueId: v.optional(v.string()) })),
})
export type ExtensionTallyJson = v.InferOutput<typeof extensionTally>

/** How many callers waited how long: `[seconds, callers]`, the seconds rounded up, in ascending order. */
const waits = v.array(v.tuple([count, count]))

/** The callers of one queue who came today and wait no longer. `offered` is the sum of the other three. */
export const queueTally = v.object({
  offered: count,
  /** An agent took the call. */
  answered: count,
  /** The caller hung up before that. */
  abandoned: count,
  /** The call went elsewhere: a voicemail box, another queue or extension. */
  redirected: count,
  answeredWaits: waits,
  abandonedWaits: waits,
  /** The longest wait, whatever came of it. */
  longestWait: v.optional(v.object({ telephonySessionId: v.string(), ms: count })),
})
export type QueueTallyJson = v.InferOutput<typeof queueTally>

/** `GET /v1/board`. Events are as the stream sends them, and decoded by the client that folds them. */
export const boardAnswer = v.object({
  epoch: v.string(),
  /** Everything up to here is in the answer. */
  position: count,
  /** The relay's clock. */
  now: instant,
  /** Of the account, an IANA name: its midnight begins the day. */
  timeZone: v.string(),
  events: v.array(v.looseObject({ position: count })),
  today: v.object({
    /** The last midnight. */
    since: instant,
    extensions: v.record(v.string(), extensionTally),
    queues: v.record(v.string(), queueTally),
  }),
  people: v.record(v.string(), directoryPerson),
  queues: v.record(v.string(), directoryQueue),
})
export type BoardAnswer = v.InferOutput<typeof boardAnswer>

const direction = v.picklist(['Inbound', 'Outbound'])

/** A finished call as one extension had it. */
export const extensionCall = v.object({
  telephonySessionId: v.string(),
  startedAt: instant,
  endedAt: instant,
  direction,
  /** A word of shared/call/outcome.ts. */
  outcome: v.string(),
  /** The other side; absent where it is withheld. */
  phoneNumber: v.optional(v.string()),
  name: v.optional(v.string()),
  queueId: v.optional(v.string()),
  ringMs: count,
  talkMs: count,
  holdMs: count,
  /** The sessions that it went on in, itself among them. */
  sessions: v.array(v.string()),
})
export type ExtensionCall = v.InferOutput<typeof extensionCall>

/** A caller of a queue who waits no longer. */
export const queueCall = v.object({
  telephonySessionId: v.string(),
  startedAt: instant,
  endedAt: instant,
  outcome: v.picklist(['answered', 'abandoned', 'redirected']),
  waitMs: count,
  phoneNumber: v.optional(v.string()),
  name: v.optional(v.string()),
  /** Extension id of the agent who took the call. */
  takenBy: v.optional(v.string()),
})
export type QueueCall = v.InferOutput<typeof queueCall>

/** `GET /v1/calls?extension=|queue=&since=`: the finished calls behind a tally, by their start. */
export const callsAnswer = v.object({
  since: instant,
  calls: v.union([v.array(extensionCall), v.array(queueCall)]),
})
export type CallsAnswer = v.InferOutput<typeof callsAnswer>

/** `GET /v1/sessions/:sid/events`: as the stream sends them, by position. */
export const sessionEventsAnswer = v.object({ events: v.array(v.looseObject({ position: count })) })
