import type { LoggedEvent } from '../../../relay/log/event-log.ts'
import { createCrowd } from '../../platform/busy/crowd.ts'
import type { Happening } from '../../platform/calls/notification.ts'

/** An account of so many agents, one in five of whom is on the phone at any time, and who looks at what of it. */
export interface Account {
  readonly agents: readonly string[]
  /** By team leader, the extensions and the queue of their team. */
  readonly teams: readonly (readonly string[])[]
  /** Events that lead to the calls which go on. */
  readonly opening: readonly LoggedEvent[]
  /** Events of the seconds that follow. */
  readonly events: readonly LoggedEvent[]
}

/** Who see every event. */
export const SUPERVISORS = 5
/** What is durable at once when events come fast is passed on at once. */
export const EVENTS_AT_A_TIME = 8
const ON_THE_PHONE = 0.2
/** Enough for every listener to have some. */
const EVENTS_PER_SECOND = 5000
const START_MS = Date.parse('2026-03-10T16:00:00Z')
const STEP_MS = 500

export function inventAccount(agents: number, events: number): Account {
  const liveCalls = Math.round(agents * ON_THE_PHONE)
  const crowd = createCrowd({ seed: 14, startMs: START_MS, liveCalls, eventsPerSecond: EVENTS_PER_SECOND })
  const onThePhone = crowd.company.people.filter(({ canSignIn }) => canSignIn).map(({ extensionId }) => extensionId)
  const others = Array.from({ length: Math.max(0, agents - onThePhone.length) }, (_, index) => `9${100_000 + index}`)
  const opening = crowd.opening.map((happening, index) => toLogged(happening, index + 1))
  const following: LoggedEvent[] = []
  while (following.length < events) {
    for (const happening of crowd.next(STEP_MS)) {
      following.push(toLogged(happening, opening.length + following.length + 1))
    }
  }
  return {
    agents: [...onThePhone, ...others].slice(0, agents),
    teams: crowd.company.queues.map((queue) => [queue.extensionId, ...queue.agents.map((agent) => agent.extensionId)]),
    opening,
    events: following.slice(0, events),
  }
}

function toLogged(happening: Happening, position: number): LoggedEvent {
  const { telephonySessionId, parties, eventTime } = happening.body
  return {
    position,
    telephonySessionId,
    extensionIds: [...new Set(parties.flatMap(({ extensionId }) => extensionId ?? []))],
    receivedAtMs: Date.parse(eventTime) + 50,
    text: JSON.stringify({ uuid: String(10n ** 18n + BigInt(position)), ownerId: '400109', ...happening }),
  }
}
