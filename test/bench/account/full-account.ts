import { type EventFold, foldEvents } from '../../../relay/calls/fold-events.ts'
import type { AccountNow } from '../../../relay/calls/live-calls.ts'
import type { Directory } from '../../../relay/directory/directory.ts'
import type { LoggedEvent } from '../../../relay/log/event-log.ts'
import { type Crowd, createCrowd } from '../../platform/busy/crowd.ts'
import type { Happening } from '../../platform/calls/notification.ts'

/** An account as full as one of the largest is, and the relay's fold of it. */
export interface FullAccount {
  /** As the relay has it by now. */
  now(): AccountNow
  readonly directory: Directory
  readonly isQueueId: (extensionId: string) => boolean
  nowMs(): number
  /** Lets time pass: the relay takes in what happens. Answers with the envelopes of it, as JSON. */
  pass(ms: number): Promise<readonly string[]>
}

export const LIVE_CALLS = 4000
export const EVENTS_PER_SECOND = 300
const TIME_ZONE = 'America/Los_Angeles'
const START_MS = Date.parse('2026-03-10T16:00:00Z')

export function createFullCrowd(): Crowd {
  return createCrowd({ seed: 12, startMs: START_MS, liveCalls: LIVE_CALLS, eventsPerSecond: EVENTS_PER_SECOND })
}

/** The events that lead to the calls which go on, as the log gives them. */
export function listLogged({ opening }: Crowd): readonly LoggedEvent[] {
  return opening.map((happening, index) => toLogged(happening, index + 1))
}

function toLogged(happening: Happening, position: number): LoggedEvent {
  return {
    position,
    telephonySessionId: happening.body.telephonySessionId,
    extensionIds: happening.body.parties.flatMap(({ extensionId }) => extensionId ?? []),
    receivedAtMs: Date.parse(happening.body.eventTime) + 50,
    text: writeEnvelope(happening, position),
  }
}

/** A notification as RingCentral sends it. */
function writeEnvelope(happening: Happening, number: number): string {
  return JSON.stringify({
    uuid: String(1_000_000_000_000_000_000n + BigInt(number)),
    subscriptionId: '5d0a7c1e-93b4-4f26-8e17-c2b9a4f6d310',
    ownerId: '400109',
    ...happening,
  })
}

export async function createFullAccount(): Promise<FullAccount> {
  const crowd = createFullCrowd()
  const directory: Directory = {
    people: new Map(
      crowd.company.people.map(({ extensionId, extensionNumber, name }) => [
        extensionId,
        { name, extensionNumber, type: 'User' },
      ]),
    ),
    queues: new Map(
      crowd.company.queues.map(({ extensionId, name, agents }) => [
        extensionId,
        { name, members: agents.map((agent) => agent.extensionId) },
      ]),
    ),
    want: async () => {},
  }
  const isQueueId = (id: string) => directory.queues.has(id)
  const fold = await foldLog(listLogged(crowd), crowd, isQueueId)
  return {
    now: () => ({ ...pickNow(fold), timeZone: TIME_ZONE }),
    directory,
    isQueueId,
    nowMs: crowd.nowMs,
    async pass(ms) {
      const events = crowd.next(ms).map((happening, index) => toLogged(happening, fold.position + index + 1))
      for (const event of events) await fold.follow(event)
      fold.passTime(crowd.nowMs())
      return events.map(({ text }) => text)
    },
  }
}

function pickNow({ account, events, position, sinceMs }: EventFold): Omit<AccountNow, 'timeZone'> {
  return { account, events, position, sinceMs }
}

export async function foldLog(
  events: readonly LoggedEvent[],
  crowd: Crowd,
  isQueueId: (extensionId: string) => boolean,
): Promise<EventFold> {
  const fold = foldEvents({
    log: { readSession: async () => [] },
    afterPosition: 0,
    nowMs: () => crowd.nowMs(),
    timeZone: TIME_ZONE,
    isQueueId,
  })
  for (const event of events) await fold.follow(event)
  fold.account.takeChanges()
  return fold
}
