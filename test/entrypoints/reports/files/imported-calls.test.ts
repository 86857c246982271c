import { expect, it } from 'vitest'
import { describeImported, listPeople } from '../../../../entrypoints/reports/files/imported-calls.ts'
import { listExpectedParts, loadExpected, loadStream, STREAM_NAMES, type StreamName } from '../../../support/streams.ts'
import { trackAll } from '../../../support/track-all.ts'

function track(name: StreamName) {
  const events = loadStream(name)
  const ids = new Set(events.map(({ telephonySessionId }) => telephonySessionId))
  return [...ids].map((id) =>
    trackAll(
      id,
      events.filter(({ telephonySessionId }) => telephonySessionId === id),
    ),
  )
}

it.each(STREAM_NAMES)('the calls of %s are what each person in them saw', (name) => {
  const calls = track(name)
  const expected = loadExpected(name)
  if (expected.calls !== undefined) {
    for (const { extensionId, telephonySessionId, counterpart, ...figures } of expected.calls) {
      const rows = describeImported(calls, { extensionId, country: 'US', isComplete: true })
      const row = rows.find((one) => one.telephonySessionId === telephonySessionId)
      expect(row).toMatchObject(figures)
      expect([row?.part, row?.name ?? null]).toEqual([undefined, counterpart.name])
      const own = expected.calls.filter((one) => one.extensionId === extensionId)
      expect(rows.filter(({ part }) => part === undefined)).toHaveLength(own.length)
    }
    return
  }
  for (const part of listExpectedParts(expected)) {
    const { telephonySessionId, extensionId, counterpart, queueName, ...figures } = part
    const rows = describeImported(calls, { extensionId, country: 'US', isComplete: true })
    const row = rows.find((one) => one.telephonySessionId === telephonySessionId)
    expect(row).toMatchObject({ telephonySessionId, ...figures })
    expect([row?.name ?? null, row?.queueName ?? null]).toEqual([counterpart.name, queueName])
  }
})

it('somebody who has no part in a call does not have it', () => {
  expect(describeImported(track('direct-call'), { extensionId: '1', country: 'US', isComplete: true })).toEqual([])
})

it('a missing number counts only in a file that has every event', () => {
  const events = loadStream('pstn-to-user').filter(({ sequence }) => sequence !== 5)
  const calls = [trackAll(events[0]?.telephonySessionId ?? '', events)]
  const missingOf = (isComplete: boolean) =>
    describeImported(calls, { extensionId: '400102', country: 'US', isComplete })[0]?.missingSequences
  expect(missingOf(true)).toEqual([5])
  expect(missingOf(false)).toEqual([])
})

it('people come by the number of their calls, each call once, under their own name', () => {
  const people = listPeople([...track('queue-answered'), ...track('many-devices')])
  expect(people[0]).toEqual({ extensionId: '400102', name: 'Bea Lindqvist', calls: 2 })
  expect(new Set(people.map(({ extensionId }) => extensionId)).size).toBe(people.length)
})
