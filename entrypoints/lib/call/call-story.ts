import { selectHungUpBy } from '../../../shared/call/end.ts'
import type { Journey } from '../../../shared/call/journey.ts'
import { selectMyCalls } from '../../../shared/call/my-calls.ts'
import type { Call, Leg } from '../../../shared/call/state.ts'
import type { TrackedCall } from '../../../shared/call/track.ts'
import type { AgentFigures } from '../../../shared/metrics/agent.ts'
import type { CallFigures } from '../../../shared/metrics/call.ts'
import { type JourneyFigures, measureJourney } from '../../../shared/metrics/journey.ts'
import { measureMyCall } from '../../../shared/metrics/my-call.ts'
import type { ReadableStore } from '../store/open.ts'
import { readCallsThatWentTo } from '../store/read.ts'
import type { CallRow } from '../store/schema.ts'
import { readStoredCall } from './stored-call.ts'

/** Everything known about a call, recomputed from its events so that each figure can be traced to them. */
export interface CallStory {
  readonly agent: AgentFigures
  readonly call: CallFigures
  /** Of this session. */
  readonly legs: readonly Leg[]
  /** Who ended the conversation; `undefined` when there was none, or it goes on. */
  readonly hungUpBy: Leg | undefined
  /** The sessions that it is one call with to the customer; `undefined` when it is by itself. */
  readonly journey: TracedJourney | undefined
}

export interface TracedJourney {
  readonly journey: Journey
  readonly figures: JourneyFigures
}

/** An upper bound: more sessions than any customer goes through. */
const MAX_SESSIONS = 20

/** `undefined` when the person has no part in it. */
export function tellStory(
  call: Call,
  { extensionId, missing }: { readonly extensionId: string; readonly missing: readonly number[] },
  linked: readonly TrackedCall[] = [],
): CallStory | undefined {
  const mine = selectMyCalls([call, ...linked.map((one) => one.call)], extensionId).find((one) => one.call === call)
  const figures = mine && measureMyCall(mine, extensionId, (one) => (one === call ? missing : []))
  if (mine === undefined || figures === undefined) return undefined
  const { journey, course } = mine
  return {
    agent: figures.agent,
    call: figures.call,
    legs: course.flatMap(({ legs }) => legs),
    hungUpBy: selectHungUpBy(course.at(-1) ?? call),
    journey: journey.calls.length < 2 ? undefined : { journey, figures: measureJourney(journey) },
  }
}

/** `undefined` when its events were deleted, or the person has no part in it. */
export async function readStory(
  store: ReadableStore,
  row: CallRow,
  extensionId: string,
): Promise<CallStory | undefined> {
  const { telephonySessionId, missingSequences: missing } = row
  if (row.eventsGone === 1) return undefined
  const [{ tracker }, linked] = await Promise.all([readStoredCall(store, telephonySessionId), readLinked(store, row)])
  return tellStory(tracker.call, { extensionId, missing }, linked)
}

/** The sessions that the figures of a call are computed from, its own first. */
export async function listSessions(store: ReadableStore, row: CallRow): Promise<readonly string[]> {
  const linked = await readLinked(store, row)
  return [row.telephonySessionId, ...linked.map(({ call }) => call.telephonySessionId)]
}

/** The sessions tied to a call, from either side, and those tied to these in turn. */
async function readLinked(store: ReadableStore, row: CallRow): Promise<readonly TrackedCall[]> {
  const linked = new Map<string, TrackedCall>()
  const ahead = await listNeighbours(store, row.telephonySessionId, row.peerIds)
  for (let id = ahead.pop(); id !== undefined && linked.size < MAX_SESSIONS; id = ahead.pop()) {
    if (id === row.telephonySessionId || linked.has(id)) continue
    const { tracker } = await readStoredCall(store, id)
    if (tracker.call.legs.length === 0) continue
    linked.set(id, tracker)
    const peerIds = tracker.call.legs.flatMap(({ end }) => end?.peer?.telephonySessionId ?? [])
    ahead.push(...(await listNeighbours(store, id, peerIds)))
  }
  return [...linked.values()]
}

async function listNeighbours(store: ReadableStore, id: string, peerIds: readonly string[]): Promise<string[]> {
  return [...peerIds, ...(await readCallsThatWentTo(store, id)).map(({ telephonySessionId }) => telephonySessionId)]
}
