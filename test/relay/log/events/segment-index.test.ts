import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createSegmentIndex,
  decodeSegmentIndex,
  type IndexedEvent,
  type SegmentIndex,
} from '../../../../relay/log/events/segment-index.ts'

const name = fc.oneof(fc.constantFrom('102', '104', '\ud800', ''), fc.string())
const event: fc.Arbitrary<IndexedEvent> = fc
  .record({
    frame: fc.record({ offset: fc.nat(2 ** 31), bytes: fc.nat(2 ** 20) }),
    receivedAtMs: fc.integer({ min: 1_700_000_000_000, max: 1_701_000_000_000 }),
    uuidHash: fc.nat(2 ** 32 - 1),
    session: name,
    owners: fc.uniqueArray(name, { maxLength: 3 }),
    others: fc.uniqueArray(name, { maxLength: 3 }),
    stepsBack: fc.nat(1000),
  })
  .map(({ others, ...rest }) => ({ ...rest, members: [...new Set([...rest.owners, ...others])] }))

const events = fc.array(event, { minLength: 1, maxLength: 30 })

function indexOf(events: readonly IndexedEvent[]): SegmentIndex {
  const index = createSegmentIndex()
  for (const one of events) index.add(one)
  return index
}

/** Everything that an index says of these events. */
function tell(index: SegmentIndex, count: number) {
  return Array.from({ length: count }, (_, at) => ({
    frame: index.frameOf(at),
    receivedAtMs: index.receivedAtMsOf(at),
    uuidHash: index.uuidHashOf(at),
    session: index.sessionOf(at),
    owners: index.ownersOf(at),
    stepsBack: index.stepsBackOf(at),
  }))
}

function owned(events: readonly IndexedEvent[], extensionId: string): readonly number[] {
  return events.flatMap(({ members }, at) => (members.includes(extensionId) ? [at] : []))
}

function expectToTell(index: SegmentIndex, events: readonly IndexedEvent[]): void {
  expect(index.count).toBe(events.length)
  expect(tell(index, events.length)).toEqual(events.map(({ members: _members, ...rest }) => rest))
  expect(index.lastReceivedAtMs).toBe(Math.max(...events.map(({ receivedAtMs }) => receivedAtMs)))
  expect(new Set(index.sessions)).toEqual(new Set(events.map(({ session }) => session)))
  for (const extensionId of ['102', '104', '\ud800', '', 'nobody']) {
    expect(index.ownedAfter(extensionId, -1, 100)).toEqual(owned(events, extensionId))
    expect(index.ownedAfter(extensionId, 3, 2)).toEqual(
      owned(events, extensionId)
        .filter((at) => at > 3)
        .slice(0, 2),
    )
  }
}

describe('the index of a segment', () => {
  it('tells of each event what it was given', () => {
    fc.assert(fc.property(events, (events) => expectToTell(indexOf(events), events)))
  })

  it('tells the same from its file', () => {
    fc.assert(fc.property(events, (events) => expectToTell(decodeSegmentIndex(indexOf(events).encode()), events)))
  })

  it('tells the same of what is kept when the first are dropped, and nothing of these', () => {
    fc.assert(
      fc.property(events, fc.nat(), fc.nat(1000), (events, drop, moved) => {
        const from = drop % events.length
        const kept = events
          .slice(from)
          .map((one) => ({ ...one, frame: { ...one.frame, offset: one.frame.offset + moved } }))
        expectToTell(indexOf(events).slice(from, moved), kept)
      }),
    )
  })
})
