import type { LoggedEvent } from '../event-log.ts'

/**
 * The newest events that somebody has read. Whoever is connected comes back after a restart or a broken line at the same time and
 * reads the same few: they are read from the disk, checked and made into text once for all.
 */
export interface RecentEvents {
  find(position: number): LoggedEvent | undefined
  /** Keeps it unless it is large, or a newer one has its place. */
  keep(event: LoggedEvent): void
  /** What the log does not keep is not kept here. */
  forgetBefore(position: number): void
}

/** What a busy company's log takes in within a minute or two. */
export const MAX_RECENT = 2048
/** Five times a usual event: with the JSON that is made of them, all take 16 MB at most, and usually 4. */
export const MAX_RECENT_CHARS = 4 * 1024

export function createRecentEvents(): RecentEvents {
  const events: (LoggedEvent | undefined)[] = new Array(MAX_RECENT).fill(undefined)
  return {
    find(position) {
      const event = events[position % MAX_RECENT]
      return event?.position === position ? event : undefined
    },
    keep(event) {
      const place = event.position % MAX_RECENT
      const other = events[place]
      if (event.text.length > MAX_RECENT_CHARS || (other !== undefined && other.position > event.position)) return
      events[place] = event
    },
    forgetBefore(position) {
      for (const [place, event] of events.entries()) {
        if (event !== undefined && event.position < position) events[place] = undefined
      }
    },
  }
}
