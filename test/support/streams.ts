import { readFileSync } from 'node:fs'
import type { TelephonyNotification } from '../../shared/protocol/notification.ts'
import type { Notification } from '../platform/calls/notification.ts'
import { readStream } from '../replay/read-stream.ts'
import type { Report } from '../replay/report.ts'

/** The streams that are real traffic, with invented people. */
export const RECORDED_NAMES = ['pstn-to-user', 'user-to-pstn', 'user-to-user'] as const

/** The streams that are invented after documented shapes. */
export const INVENTED_NAMES = [
  'direct-call',
  'ivr-menu',
  'queue-answered',
  'queue-answered-elsewhere',
  'queue-abandoned',
  'queue-rings-again',
  'many-devices',
  'anonymous',
  'late-name',
  'caller-gave-up',
  'no-answer',
  'rejected',
  'replied',
  'replied-at-once',
  'rung-in-a-name',
  'pstn-callee',
  'internal-call',
  'ring-out',
  'ring-out-without-roles',
  'ring-out-not-picked-up',
  'cancelled',
  'busy',
  'failed',
  'blind-transfer',
  'forwarded-while-ringing',
  'attended-transfer',
  'transfer-to-me',
  'transfer-after-queue',
  'park-and-pick-up',
  'parked-and-gone',
  'parked-by-the-callers-leg',
  'park-location',
  'conference',
  'conference-with-colleague',
  'monitoring',
  'call-switch',
  'call-flip',
  'voicemail',
  'voicemail-screening',
  'voicemail-of-a-colleague',
  'fax',
] as const

/** Every scenario that ships as a stream. The folder's README tells what is in it. */
export const STREAM_NAMES = [...RECORDED_NAMES, ...INVENTED_NAMES] as const
export type StreamName = (typeof STREAM_NAMES)[number]

/** The extension id of the agent who has a part in all of them. */
export const AGENT_EXTENSION_ID = '400102'

/** What follows from a stream, worked out without our code. All times in ms; the definitions are in the streams' README. */
export interface Expected {
  readonly report: Report
  /** By extension id; a list where the stream has several sessions, one entry for each session and person. */
  readonly people: Readonly<Record<string, ExpectedPerson>> | readonly ExpectedPart[]
  /** By time of the first event. */
  readonly journeys: readonly ExpectedJourney[]
  /** What counts as a call for each person, where a stream has several sessions; else each session does. */
  readonly calls?: readonly ExpectedCall[]
}

/** One person's call, over all sessions that it consists of, by the session that it is known by. */
export interface ExpectedCall extends Omit<ExpectedPart, 'direction' | 'queueName'> {
  readonly twoWayTalkMs: number
}

/** One colleague's view of one session. */
export interface ExpectedPerson {
  readonly direction: 'Inbound' | 'Outbound'
  readonly counterpart: { readonly name: string | null; readonly phoneNumber: string | null }
  readonly queueName: string | null
  readonly outcome: string
  readonly ringMs: number
  readonly talkMs: number
  readonly holdMs: number
}

export interface ExpectedPart extends ExpectedPerson {
  readonly telephonySessionId: string
  readonly extensionId: string
}

export interface ExpectedJourney {
  /** Ids of telephony sessions, by time of their first event. */
  readonly sessions: readonly string[]
  /** Name or number of the person whose call it is; `null` when withheld. */
  readonly caller: string | null
  /** Names, numbers or extension ids of those who talked with that person, in order. */
  readonly had: readonly string[]
  readonly waitMs: number
}

export function streamPath(name: StreamName, file = 'events.jsonl'): string {
  return new URL(`../streams/${name}/${file}`, import.meta.url).pathname
}

/** The notifications of a stream as they were delivered. */
export function loadNotifications(name: StreamName): readonly Notification[] {
  return readFileSync(streamPath(name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Notification => JSON.parse(line))
}

/** The same, decoded. */
export function loadStream(name: StreamName): readonly TelephonyNotification[] {
  return readStream(readFileSync(streamPath(name), 'utf8')).events.map(({ notification }) => notification)
}

export function loadExpected(name: StreamName): Expected {
  return JSON.parse(readFileSync(streamPath(name, 'expected.json'), 'utf8'))
}

/** Everybody's view of every session of a stream, as one list however many sessions there are. */
export function listExpectedParts({ report, people }: Expected): readonly ExpectedPart[] {
  if (isList(people)) return people
  const telephonySessionId = report.sessions[0]?.telephonySessionId ?? ''
  return Object.entries(people).map(([extensionId, person]) => ({ telephonySessionId, extensionId, ...person }))
}

/** What each person is shown to have had: their calls, which where a stream has one session are their views of it. */
export function listExpectedCalls(expected: Expected): readonly Omit<ExpectedPart, 'direction' | 'queueName'>[] {
  return expected.calls ?? listExpectedParts(expected)
}

/** `Array.isArray` does not recognise read-only lists. */
function isList(people: Expected['people']): people is readonly ExpectedPart[] {
  return Array.isArray(people)
}
