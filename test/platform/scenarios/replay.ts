import { formatInstant, parseInstant } from '../../../shared/time.ts'
import type { Notification } from '../calls/notification.ts'
import type { OutgoingEvent } from '../calls/outbox.ts'
import type { DrawTiming } from '../calls/untidiness.ts'
import { createFreshIds } from './fresh-ids.ts'
import { rewriteTexts } from './rewrite.ts'

/**
 * Makes new calls of a scenario: fresh ids for each of its sessions, the first event at `startMs`, and between the events'
 * times exactly the gaps of the stream. Only when they are sent depends on `speed`, so the figures of the calls are those of
 * the stream. `recast` writes other people into it.
 */
export function planReplay(
  stream: readonly Notification[],
  {
    startMs,
    speed,
    drawTiming,
    recast,
  }: {
    startMs: number
    speed: number
    drawTiming: DrawTiming
    recast: (text: string) => string
  },
): { readonly telephonySessionIds: readonly string[]; readonly events: readonly OutgoingEvent[] } {
  const withFreshIds = createFreshIds(stream.map(({ body }) => body))
  const streamStartMs = instantOf(stream[0]?.body.eventTime)
  const events = stream.map(({ event, timestamp, body }): OutgoingEvent => {
    const offsetMs = instantOf(body.eventTime) - streamStartMs
    const { stampMs, sentAfterMs } = drawTiming(instantOf(timestamp) - instantOf(body.eventTime))
    // At infinite speed nothing is waited for, and the pace of the stream decides the order.
    const happensAfterMs = Number.isFinite(speed) ? offsetMs / speed : offsetMs
    return {
      happening: {
        event: recast(event),
        timestamp: formatInstant(startMs + offsetMs + stampMs),
        body: {
          ...rewriteTexts(body, (text) => recast(withFreshIds(text))),
          eventTime: formatInstant(startMs + offsetMs),
        },
      },
      happensAfterMs,
      sentAfterMs: sentAfterMs.map((ms) => happensAfterMs + ms),
    }
  })
  return {
    telephonySessionIds: [...new Set(events.map(({ happening }) => happening.body.telephonySessionId))],
    events,
  }
}

function instantOf(text: string | undefined): number {
  const ms = text === undefined ? undefined : parseInstant(text)
  if (ms === undefined)
    throw new Error(`A time of a stream should be ISO-8601 with a zone, but is ${text ?? 'missing'}.`)
  return ms
}
