import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { readStory } from '../../../../entrypoints/lib/call/call-story.ts'
import { receive } from '../../../../entrypoints/lib/call/received.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import { writeChange } from '../../../../entrypoints/lib/store/write.ts'
import { createCalendar } from '../../../../shared/metrics/tally-calendar.ts'
import { loadNotifications } from '../../../support/streams.ts'
import { buildRow } from '../store/row.ts'

/** The story of a stored call, made again from its events and those of the sessions it is tied to. */

const UTC = { calendar: createCalendar('UTC'), timeZone: 'UTC' }

it('tells the whole way of a customer from either session of an attended transfer', async () => {
  const store = await openPersonStore({ accountId: '400100', extensionId: '400102' })
  const received = loadNotifications('attended-transfer').flatMap((notification) =>
    receive({ receivedAt: '2026-06-01T12:00:00.000Z', notification }),
  )
  const events = received.flatMap((one) => (one.kind === 'event' ? [one] : []))
  const sessions = [...new Set(events.map(({ stored }) => stored.telephonySessionId))]
  expect(sessions.length).toBeGreaterThan(1)
  const rows = sessions.map((telephonySessionId) =>
    buildRow({
      telephonySessionId,
      peerIds: events
        .filter(({ stored }) => stored.telephonySessionId === telephonySessionId)
        .flatMap(({ notification }) => notification.parties)
        .flatMap(({ status }) => status.peer?.telephonySessionId ?? []),
    }),
  )
  await writeChange(
    store,
    { events: events.map(({ stored }) => stored), statuses: [], calls: rows, cursor: undefined },
    UTC,
  )
  const people = new Set(
    events.flatMap(({ notification }) => notification.parties.flatMap((party) => party.extensionId ?? [])),
  )
  let told = 0
  for (const row of rows) {
    for (const extensionId of people) {
      const story = await readStory(store, row, extensionId)
      if (story === undefined) continue
      told++
      expect(story.journey?.journey.calls.map(({ telephonySessionId }) => telephonySessionId).toSorted()).toEqual(
        sessions.toSorted(),
      )
      expect(story.journey?.figures.had.length).toBeGreaterThan(1)
    }
    expect(await readStory(store, { ...row, eventsGone: 1 }, '400102')).toBe(undefined)
  }
  expect(told).toBeGreaterThan(1)
  store.close()
})
