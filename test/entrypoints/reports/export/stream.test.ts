import { afterEach, describe, expect, it, vi } from 'vitest'
import { tellStory } from '../../../../entrypoints/lib/call/call-story.ts'
import { decodeStoredEvent, decodeStoredStatus, receive } from '../../../../entrypoints/lib/call/received.ts'
import type { StoredEvent } from '../../../../entrypoints/lib/store/schema.ts'
import { readStreamFile, type StreamProblem } from '../../../../entrypoints/reports/export/read-stream.ts'
import { writeStream } from '../../../../entrypoints/reports/export/stream.ts'
import { Tracker } from '../../../../shared/call/track.ts'
import { measureAgent } from '../../../../shared/metrics/agent.ts'
import type { CallRecord } from '../../../../shared/protocol/stream-line.ts'
import { readStream } from '../../../replay/read-stream.ts'
import { reportSession, trackStream } from '../../../replay/report.ts'
import { AGENT_EXTENSION_ID, loadExpected, loadNotifications, STREAM_NAMES } from '../../../support/streams.ts'

/** The stored events of each session of a stream, by their numbers, as the store gives them. */
function storeSessions(notifications: readonly unknown[]): ReadonlyMap<string, readonly StoredEvent[]> {
  const stored = notifications
    .flatMap((notification) => receive({ receivedAt: '2026-06-01T12:00:00.000Z', notification }))
    .flatMap((one) => (one.kind === 'event' ? [one.stored] : []))
    .sort((a, b) => a.sequence - b.sequence || (a.uuid < b.uuid ? -1 : 1))
  const sessions = new Map<string, StoredEvent[]>()
  for (const event of stored) {
    sessions.set(event.telephonySessionId, [...(sessions.get(event.telephonySessionId) ?? []), event])
  }
  return sessions
}

afterEach(() => {
  vi.restoreAllMocks()
})

async function readFile(file: Blob) {
  const taken: CallRecord[] = []
  const problems: readonly StreamProblem[] = await readStreamFile(file, {
    take: (record) => taken.push(record),
    onShare: () => {},
    signal: new AbortController().signal,
  })
  return { taken, problems }
}

describe('the events of one call, saved', () => {
  it.each(STREAM_NAMES)('give the figures of %s when they are replayed', (name) => {
    const { sessions } = loadExpected(name).report
    const stored = storeSessions(loadNotifications(name))
    expect([...stored.keys()].sort()).toEqual(sessions.map(({ telephonySessionId }) => telephonySessionId).sort())
    for (const expected of sessions) {
      const { events, problems } = readStream(writeStream(stored.get(expected.telephonySessionId) ?? [], []))
      expect(problems).toEqual([])
      const replayed = trackStream(events.map(({ notification }) => notification)).sessions
      expect(replayed.map((session) => reportSession(session, true))).toEqual([expected])
    }
  })

  it('tell the same story when they are looked into as a file', async () => {
    const stored = [...storeSessions(loadNotifications('queue-answered')).values()].flat()
    const { taken, problems } = await readFile(new Blob([writeStream(stored, [])]))
    expect(problems).toEqual([])
    const tracker = new Tracker(stored[0]?.telephonySessionId ?? '')
    for (const record of taken) if (record.kind === 'telephony') tracker.take(record.notification)
    const story = tellStory(tracker.call, { extensionId: AGENT_EXTENSION_ID, missing: [] })
    const person = Object.entries(loadExpected('queue-answered').people).find(([id]) => id === AGENT_EXTENSION_ID)?.[1]
    expect(story?.agent).toEqual(measureAgent(tracker.call, AGENT_EXTENSION_ID))
    expect(story?.agent.ring.ms).toBe(person?.ringMs)
    expect(story?.agent.talk.ms).toBe(person?.talkMs)
  })
})

describe('a call that was repaired, saved', () => {
  // Its end was never told; a minute after the answer the platform no longer knew it.
  const stored = [...storeSessions(loadNotifications('pstn-to-user')).values()].flat()
  const records = stored.filter(({ sequence }) => sequence < 9)
  const telephonySessionId = stored[0]?.telephonySessionId ?? ''
  const { timestamp } = (records.at(-1)?.notification ?? {}) as { timestamp?: string }
  const asOf = new Date(Date.parse(timestamp ?? '') + 60_000)
  const status = { telephonySessionId, asOf: asOf.toISOString(), found: false }
  const statuses = [{ telephonySessionId, asOf: status.asOf, receivedMs: asOf.getTime(), status }]

  it('gives the figures that were shown, estimates and all', async () => {
    const expected = new Tracker(telephonySessionId)
    for (const one of records.flatMap(decodeStoredEvent)) if (one.kind === 'event') expected.take(one.notification)
    for (const one of statuses.flatMap(decodeStoredStatus)) if (one.kind === 'status') expected.repair(one.status)
    const text = writeStream(records, statuses)

    const { events, statuses: answers, problems } = readStream(text)
    expect(problems).toEqual([])
    const replayed = trackStream(
      events.map(({ notification }) => notification),
      answers,
    )
    expect(replayed.sessions.map((session) => reportSession(session, true))).toEqual([reportSession(expected, true)])
    expect(replayed.sessions[0]?.call.legs.every(({ end }) => end !== undefined)).toBe(true)

    const read = await readFile(new Blob([text]))
    expect(read.problems).toEqual([])
    const looked = new Tracker(telephonySessionId)
    for (const one of read.taken) {
      if (one.kind === 'status') looked.repair(one.status)
      else looked.take(one.notification)
    }
    expect(reportSession(looked, true)).toEqual(reportSession(expected, true))
  })
})

describe('a file of events', () => {
  const good = JSON.stringify(loadNotifications('direct-call')[0])

  it('names each line that is no event, and takes the others', async () => {
    const reminder = JSON.stringify({ event: '/restapi/v1.0/subscription/s-1?threshold=60', body: {} })
    const { taken, problems } = await readFile(
      new Blob([`\uFEFF${good}\r\n`, '\n', 'hello\n', `${reminder}\n`, '{"event":"x"}\n', '[]\n', good]),
    )
    expect(taken).toHaveLength(2)
    expect(problems.map(({ line, kind }) => [line, kind])).toEqual([
      [3, 'notJson'],
      [4, 'reminder'],
      [5, 'notAnEvent'],
      [6, 'notAnEvent'],
    ])
    expect(problems[2]?.detail).toBe('event should be a path that ends in /telephony/sessions, but is a string')
  })

  it('is read whole wherever its chunks are cut, in the middle of a letter too', async () => {
    const named = good.replace('Ada Winter', 'Zoë 😀')
    const bytes = new TextEncoder().encode(`${named}\n${named}`)
    const inBytes = () =>
      new ReadableStream<Uint8Array<ArrayBuffer>>({
        start: (controller) => {
          for (const byte of bytes) controller.enqueue(new Uint8Array([byte]))
          controller.close()
        },
      })
    const file = Object.assign(new Blob([bytes]), { stream: inBytes })
    const { taken, problems } = await readFile(file)
    expect(problems).toEqual([])
    expect(taken).toEqual((await readFile(new Blob([bytes]))).taken)
    expect(taken).toHaveLength(2)
  })

  it('says how far it is once that takes long, and stops when it is not wanted any more', async () => {
    let nowMs = 0
    vi.spyOn(performance, 'now').mockImplementation(() => nowMs)
    const reading = new AbortController()
    const shares: number[] = []
    let taken = 0
    await readStreamFile(new Blob([`${good}\n`.repeat(10)]), {
      take: () => {
        taken += 1
        nowMs += 200
      },
      onShare: (share) => {
        shares.push(share)
        if (taken === 5) reading.abort()
      },
      signal: reading.signal,
    })
    expect(taken).toBe(5)
    // Half a second has gone with the third of ten lines.
    expect(shares.map((share) => share.toFixed(1))).toEqual(['0.3', '0.4', '0.5'])
  })
})
