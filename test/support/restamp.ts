import { randomUUID } from 'node:crypto'
import { formatInstant } from '../../shared/time.ts'
import { createFreshIds } from '../platform/scenarios/fresh-ids.ts'
import { rewriteTexts } from '../platform/scenarios/rewrite.ts'
import { loadNotifications, type StreamName } from './streams.ts'

/** An envelope as the platform sends it, by its sequence. */
export interface NumberedEnvelope {
  readonly sequence: number
  readonly envelope: Readonly<Record<string, unknown>>
}

/**
 * A shipped stream as calls that begin at `startMs`: other ids and uuids, and the distances between its times kept. Sequences
 * repeat in a stream of several sessions.
 */
export function restampStream(name: StreamName, startMs: number): readonly NumberedEnvelope[] {
  const stream = loadNotifications(name)
  const withFreshIds = createFreshIds(stream.map(({ body }) => body))
  const shiftMs = startMs - Date.parse(stream[0]?.body.eventTime ?? '')
  const shift = (time: string) => formatInstant(Date.parse(time) + shiftMs)
  return stream.map((notification) => {
    const { timestamp, body } = notification
    const envelope = {
      ...notification,
      uuid: randomUUID(),
      timestamp: shift(timestamp),
      body: { ...rewriteTexts(body, withFreshIds), eventTime: shift(body.eventTime) },
    }
    return { sequence: body.sequence, envelope }
  })
}
