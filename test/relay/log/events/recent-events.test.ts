import { beforeEach, expect, it } from 'vitest'
import type { LoggedEvent } from '../../../../relay/log/event-log.ts'
import {
  createRecentEvents,
  MAX_RECENT,
  MAX_RECENT_CHARS,
  type RecentEvents,
} from '../../../../relay/log/events/recent-events.ts'

const eventAt = (position: number, text = '{}'): LoggedEvent => ({
  position,
  telephonySessionId: 's-1',
  extensionIds: [],
  receivedAtMs: 0,
  text,
})

let recent: RecentEvents
beforeEach(() => {
  recent = createRecentEvents()
})

it('finds what was kept, as the same event', () => {
  const event = eventAt(7)
  recent.keep(event)
  expect(recent.find(7)).toBe(event)
  expect(recent.find(8)).toBeUndefined()
})

it('keeps so many, of which a newer takes the place of an older and never the other way', () => {
  const newer = eventAt(7 + MAX_RECENT)
  recent.keep(eventAt(7))
  recent.keep(newer)
  recent.keep(eventAt(7))
  expect(recent.find(7)).toBeUndefined()
  expect(recent.find(7 + MAX_RECENT)).toBe(newer)
})

it('keeps none that is large', () => {
  recent.keep(eventAt(1, 'x'.repeat(MAX_RECENT_CHARS + 1)))
  recent.keep(eventAt(2, 'x'.repeat(MAX_RECENT_CHARS)))
  expect(recent.find(1)).toBeUndefined()
  expect(recent.find(2)).toBeDefined()
})

it('forgets what the log forgets', () => {
  for (const position of [1, 2, 3]) recent.keep(eventAt(position))
  recent.forgetBefore(3)
  expect([1, 2, 3].map((position) => recent.find(position)?.position)).toEqual([undefined, undefined, 3])
})
