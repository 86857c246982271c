import * as v from 'valibot'
import { type BoardAnswer, boardAnswer, sessionEventsAnswer } from '../../../shared/protocol/http/board.ts'
import { fillRoute, ROUTES } from '../../../shared/protocol/http/routes.ts'
import type { Refusal, RelayClient } from '../../lib/relay/relay-client.ts'
import { type FeedRecord, readRecord } from './records.ts'

/** The account as it stands at one position of the log. */
export interface LoadedSnapshot {
  readonly board: BoardAnswer
  readonly records: readonly FeedRecord[]
}

/** Asks the relay for a snapshot; `refusal` says why there is none. */
export async function readSnapshot(client: RelayClient): Promise<LoadedSnapshot | { readonly refusal: Refusal }> {
  const answer = await client.send({ method: 'GET', path: ROUTES.board })
  if (answer.refusal !== undefined) return { refusal: answer.refusal }
  const read = v.safeParse(boardAnswer, answer.body)
  if (!read.success) return { refusal: { code: 'refused' } }
  return { board: read.output, records: read.output.events.flatMap((raw) => readRecord(raw) ?? []) }
}

/** All that the log has of a session; `undefined` when it could not be asked, empty when it has nothing. */
export async function readSession(
  client: RelayClient,
  telephonySessionId: string,
): Promise<readonly FeedRecord[] | undefined> {
  const answer = await client.send({ method: 'GET', path: fillRoute(ROUTES.sessionEvents, { telephonySessionId }) })
  if (answer.refusal !== undefined) return answer.refusal.code === 'unknown_session' ? [] : undefined
  const read = v.safeParse(sessionEventsAnswer, answer.body)
  return read.success ? read.output.events.flatMap((raw) => readRecord(raw) ?? []) : undefined
}
