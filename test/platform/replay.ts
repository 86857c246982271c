import { readFile } from 'node:fs/promises'
import { formatInstant, parseInstant } from '../../shared/time.ts'
import type { StreamName } from '../support/streams.ts'
import { newLegacySessionId, newSessionKey } from './ids.ts'
import type { Notification } from './notification.ts'
import type { OutgoingEvent } from './outbox.ts'
import type { DrawTiming } from './untidiness.ts'

/** The recorded calls that ship, and what they show. */
export const STREAMS = {
  'pstn-to-user': 'Ada Winter calls and reaches Bea through the menu',
  'user-to-pstn': 'Bea calls Ada Winter',
  'user-to-user': 'Sam calls Bea, inside the company',
} as const satisfies Readonly<Record<StreamName, string>>

export function isStreamName(name: unknown): name is StreamName {
  return typeof name === 'string' && Object.hasOwn(STREAMS, name)
}

/** Reads the events of a recorded call as they were delivered. */
export async function readStream(name: StreamName): Promise<readonly Notification[]> {
  const text = await readFile(new URL(`../streams/${name}/events.jsonl`, import.meta.url), 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Notification => JSON.parse(line))
}

/**
 * Makes a new call of a recorded one: fresh ids, the first event at `startMs`, and between the events' times exactly the
 * recorded gaps. Only when they are sent depends on `speed`, so the figures of the call are those of the recording.
 */
export function planReplay(
  recording: readonly Notification[],
  { startMs, speed, drawTiming }: { startMs: number; speed: number; drawTiming: DrawTiming },
): { readonly telephonySessionId: string; readonly events: readonly OutgoingEvent[] } {
  const key = newSessionKey()
  const sessionId = newLegacySessionId()
  const recordedKey = recording[0]?.body.telephonySessionId.replace(/^s-/, '') ?? ''
  const recordedStartMs = instantOf(recording[0]?.body.eventTime)
  const events = recording.map((notification): OutgoingEvent => {
    const { body } = notification
    const offsetMs = instantOf(body.eventTime) - recordedStartMs
    const { stampMs, sentAfterMs } = drawTiming(instantOf(notification.timestamp) - instantOf(body.eventTime))
    // At infinite speed nothing is waited for, and the recorded pace decides the order.
    const happensAfterMs = Number.isFinite(speed) ? offsetMs / speed : offsetMs
    return {
      happening: {
        event: notification.event,
        timestamp: formatInstant(startMs + offsetMs + stampMs),
        body: {
          ...body,
          sessionId,
          telephonySessionId: `s-${key}`,
          eventTime: formatInstant(startMs + offsetMs),
          parties: body.parties.map((party) => ({ ...party, id: party.id.replace(recordedKey, key) })),
        },
      },
      happensAfterMs,
      sentAfterMs: sentAfterMs.map((ms) => happensAfterMs + ms),
    }
  })
  return { telephonySessionId: `s-${key}`, events }
}

function instantOf(text: string | undefined): number {
  const ms = text === undefined ? undefined : parseInstant(text)
  if (ms === undefined) throw new Error(`A recorded time should be ISO-8601 with a zone, but is ${text ?? 'missing'}.`)
  return ms
}
