import { formatInstant, HOUR_MS, MINUTE_MS } from '../../../shared/time.ts'
import { playBusyDay } from '../../platform/busy/play.ts'
import type { Happening } from '../../platform/calls/notification.ts'
import type { Company } from '../../platform/company.ts'

/** So many times as fast as it happened: a minute of the day takes a second. */
export const PACE = 60
/** What one round plays of the day. */
export const STRETCH_MS = 5 * MINUTE_MS
export const DAY_MS = 8 * HOUR_MS
/** How long a stretch takes when it is played. */
export const PLAYED_MS = STRETCH_MS / PACE

/** An event of the day, which can be delivered at any time. */
export interface DayEvent {
  readonly uuid: string
  /** When it is due, in ms from the beginning of the played stretch. */
  readonly dueMs: number
  /** Extension ids of all that have had a part in its session by now: those among them who are connected are to have it. */
  readonly members: ReadonlySet<string>
  readonly happening: Happening
}

const START_MS = Date.parse('2026-03-10T16:00:00Z')
/** Ids in RingCentral's own form: they are greater than what a number holds. */
const FIRST_UUID = 10n ** 18n

/** The first stretches of a company's day. A call that goes on at the end of one goes on in the next. */
export function playStretches(company: Company, stretches: number): readonly (readonly DayEvent[])[] {
  const { events } = playBusyDay({ seed: 20, fromMs: START_MS, untilMs: START_MS + stretches * STRETCH_MS, company })
  const members = new Map<string, ReadonlySet<string>>()
  const played = Array.from({ length: stretches }, (): DayEvent[] => [])
  for (const [index, happening] of events.entries()) {
    const { telephonySessionId, parties, eventTime } = happening.body
    const sinceStartMs = Date.parse(eventTime) - START_MS
    const now = parties.flatMap(({ extensionId }) => extensionId ?? [])
    const known = new Set([...(members.get(telephonySessionId) ?? []), ...now])
    members.set(telephonySessionId, known)
    played[Math.floor(sinceStartMs / STRETCH_MS)]?.push({
      uuid: String(FIRST_UUID + BigInt(index)),
      dueMs: (sinceStartMs % STRETCH_MS) / PACE,
      members: known,
      happening,
    })
  }
  return played
}

/** The event as RingCentral posts it, when its stretch began to be played at this moment. */
export function writeEvent({ uuid, dueMs, happening }: DayEvent, beganMs: number): string {
  const { event, body } = happening
  const time = formatInstant(beganMs + dueMs)
  return JSON.stringify({ uuid, event, timestamp: time, ownerId: '400109', body: { ...body, eventTime: time } })
}

/** CPU of the whole day, in s: what events cost as often as there are such stretches, and being there for as long as it lasts. */
export function cpuOfDay(stretch: { readonly cpuS: number; readonly idleCpuPerS: number }): number {
  const ofEventsS = stretch.cpuS - stretch.idleCpuPerS * (PLAYED_MS / 1000)
  return (ofEventsS * DAY_MS) / STRETCH_MS + stretch.idleCpuPerS * (DAY_MS / 1000)
}
