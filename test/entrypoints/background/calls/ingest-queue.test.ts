import { expect, it } from 'vitest'
import {
  type Arrived,
  createIngestQueue,
  type IngestQueue,
} from '../../../../entrypoints/background/calls/ingest-queue.ts'
import type { Received } from '../../../../entrypoints/lib/call/received.ts'

const context = { isComplete: true, nowMs: 1, endedCardMs: 1 }
const cursor = (position: number) => ({ relayUrl: 'https://relay.example.com', epoch: 'e', position })
const events = (count: number) => Array.from({ length: count }, () => ({}) as Received)

function begin(): { arrivals: IngestQueue; seen: string[]; release: () => void } {
  const seen: string[] = []
  const { promise: gate, resolve: release } = Promise.withResolvers<void>()
  const arrivals = createIngestQueue(async ({ received, cursor: at }: Arrived, { nowMs }) => {
    seen.push(`${received.length} to ${at?.position} at ${nowMs}`)
    await gate
    return { written: Promise.resolve() }
  })
  return { arrivals, seen, release }
}

it('takes in as one the frames that wait behind another', async () => {
  const { arrivals, seen, release } = begin()
  const first = arrivals.add(
    { received: events(1), deskRecords: [], notices: [], cursor: cursor(1), isPast: true },
    context,
  )
  await expect.poll(() => seen).toHaveLength(1)
  const rest = [2, 3, 4].map((position) =>
    arrivals.add(
      { received: events(position), deskRecords: [], notices: [], cursor: cursor(position), isPast: true },
      { ...context, nowMs: position },
    ),
  )
  const answer = arrivals.add(
    { received: events(1), deskRecords: [], notices: [], cursor: undefined, isPast: true },
    { ...context, nowMs: 5 },
  )
  release()
  await Promise.all([first, ...rest, answer])
  expect(seen).toEqual(['1 to 1 at 1', '10 to 4 at 5'])
})

it('takes in what happens now as it happens', async () => {
  const { arrivals, seen, release } = begin()
  void arrivals.add({ received: [], deskRecords: [], notices: [], cursor: cursor(0), isPast: true }, context)
  for (const [position, isPast] of [
    [1, true],
    [2, true],
    [3, false],
    [4, false],
  ] as const) {
    void arrivals.add({ received: events(1), deskRecords: [], notices: [], cursor: cursor(position), isPast }, context)
  }
  release()
  await arrivals.settled()
  expect(seen).toEqual(['2 to 2 at 1', '1 to 3 at 1', '1 to 4 at 1'])
})

it('keeps apart what does not belong together: too many, another task between, another completeness', async () => {
  const { arrivals, seen, release } = begin()
  void arrivals.add({ received: [], deskRecords: [], notices: [], cursor: cursor(0), isPast: true }, context)
  void arrivals.add({ received: events(300), deskRecords: [], notices: [], cursor: cursor(1), isPast: true }, context)
  void arrivals.add({ received: events(300), deskRecords: [], notices: [], cursor: cursor(2), isPast: true }, context)
  void arrivals.run(async () => seen.push('task'))
  void arrivals.add({ received: events(1), deskRecords: [], notices: [], cursor: cursor(3), isPast: true }, context)
  void arrivals.add(
    { received: events(1), deskRecords: [], notices: [], cursor: cursor(4), isPast: true },
    { ...context, isComplete: false },
  )
  release()
  await arrivals.settled()
  expect(seen).toEqual(['300 to 1 at 1', '300 to 2 at 1', 'task', '1 to 3 at 1', '1 to 4 at 1'])
})

it('goes on after something that went wrong', async () => {
  const arrivals = createIngestQueue(async () => {
    throw new Error('a bug')
  })
  await expect(
    arrivals.add({ received: [], deskRecords: [], notices: [], cursor: undefined, isPast: true }, context),
  ).rejects.toThrow('a bug')
  await expect(arrivals.run(async () => 'done')).resolves.toBe('done')
})
