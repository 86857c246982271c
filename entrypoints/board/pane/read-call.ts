import { selectMyCalls } from '../../../shared/call/my-calls.ts'
import { Tracker } from '../../../shared/call/track.ts'
import { missingSequences } from '../../../shared/history/history.ts'
import { measureCall } from '../../../shared/metrics/call.ts'
import type { Figure } from '../../../shared/metrics/figure.ts'
import type { ActNotice } from '../../../shared/protocol/act.ts'
import { type CallStory, tellStory } from '../../lib/call/call-story.ts'
import { type RowFacts, selectRowFacts } from '../../lib/call/row-facts.ts'
import type { RelayClient } from '../../lib/relay/relay-client.ts'
import { readSession } from '../feed/snapshot.ts'
import type { OpenedCall } from './pane-model.ts'

/** A call made again from its events, which the relay has: every figure can be traced to them. */
export interface ReadCall {
  /** In the words of whose figures they are; `undefined` where nobody of the account had it. */
  readonly described: { readonly facts: RowFacts; readonly story: CallStory } | undefined
  readonly callerWait: Figure | undefined
  readonly trackers: readonly Tracker[]
  /** What rules have told of it. */
  readonly notices: readonly ActNotice[]
}

/** `undefined` when the relay could not be asked, or has none of its events any more. `country`: the reader's, ISO 3166. */
export async function readCall(
  client: RelayClient,
  { sessions, extensionId }: Pick<OpenedCall, 'sessions' | 'extensionId'>,
  country: string,
): Promise<ReadCall | undefined> {
  const read = await Promise.all(sessions.map(async (id) => ({ id, records: (await readSession(client, id)) ?? [] })))
  const trackers = read.flatMap(({ id, records }) => {
    const tracker = new Tracker(id)
    for (const { call } of records) {
      if (call?.kind === 'telephony') tracker.take(call.notification)
      if (call?.kind === 'status') tracker.repair(call.status)
    }
    return tracker.entries.length === 0 ? [] : [tracker]
  })
  const [first, ...others] = trackers
  if (first === undefined) return undefined
  return {
    trackers,
    notices: read.flatMap(({ records }) => records.flatMap(({ act }) => act ?? [])),
    callerWait: measureCall(first.call, missingSequences(first.history)).callerWait,
    described: extensionId === undefined ? undefined : describe(first, others, { extensionId, country }),
  }
}

function describe(
  first: Tracker,
  others: readonly Tracker[],
  { extensionId, country }: { readonly extensionId: string; readonly country: string },
): ReadCall['described'] {
  const all = [first, ...others]
  const missingOf = ({ telephonySessionId }: { readonly telephonySessionId: string }) => {
    const tracker = all.find((one) => one.telephonySessionId === telephonySessionId)
    return tracker === undefined ? [] : missingSequences(tracker.history)
  }
  const mine = selectMyCalls(
    all.map(({ call }) => call),
    extensionId,
  ).find(({ call }) => call === first.call)
  const story = tellStory(first.call, { extensionId, missing: missingOf(first) }, others)
  return mine && story && { story, facts: selectRowFacts(mine, { extensionId, country, missingOf }) }
}
