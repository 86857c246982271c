import { expect, it } from 'vitest'
import { createWriteQueue, type WriteQueue } from '../../../../entrypoints/background/calls/write-queue.ts'
import type { CallRow, StoredEvent } from '../../../../entrypoints/lib/store/schema.ts'
import type { Change } from '../../../../entrypoints/lib/store/write.ts'

const event = (telephonySessionId: string, sequence: number): StoredEvent => ({
  telephonySessionId,
  sequence,
  uuid: `${telephonySessionId}-${sequence}`,
  receivedMs: 0,
  notification: {},
})
const row = (telephonySessionId: string, ringMs: number) => ({ telephonySessionId, ringMs }) as CallRow
const notice = (telephonySessionId: string) =>
  ({ telephonySessionId, kind: 'sent', rule: 'VIP', receivedMs: 1 }) as const
const cursor = (position: number) => ({ relayUrl: 'https://relay.example.com', epoch: 'e', position })

/** A store that answers when it is told to. */
function begin(): { writes: WriteQueue; written: Change[]; answer: (error?: Error) => Promise<void> } {
  const written: Change[] = []
  let settle: ((error?: Error) => void) | undefined
  const writes = createWriteQueue((change) => {
    written.push(change)
    return new Promise((resolve, reject) => {
      settle = (error) => (error ? reject(error) : resolve())
    })
  })
  const answer = async (error?: Error) => {
    await expect.poll(() => settle).toBeDefined()
    const now = settle
    settle = undefined
    now?.(error)
  }
  return { writes, written, answer }
}

it('writes what waits while another change is written as one, with the last row of each call', async () => {
  const { writes, written, answer } = begin()
  const first = writes.write({ events: [event('a', 1)], calls: [row('a', 1)], cursor: cursor(1) })
  await expect.poll(() => written).toHaveLength(1)
  const rest = Promise.all([
    writes.write({ events: [event('a', 2)], calls: [row('a', 2)], cursor: cursor(2) }),
    writes.write({ events: [event('b', 1)], calls: [row('b', 7)], cursor: cursor(3) }),
    writes.write({ events: [event('a', 3)], calls: [row('a', 3)], notices: [notice('a')] }),
    writes.write({ notices: [notice('b')] }),
  ])
  await answer()
  await first
  await answer()
  await rest
  expect(written).toEqual([
    { events: [event('a', 1)], statuses: [], calls: [row('a', 1)], notices: [], cursor: cursor(1) },
    {
      events: [event('a', 2), event('b', 1), event('a', 3)],
      statuses: [],
      calls: [row('a', 3), row('b', 7)],
      notices: [notice('a'), notice('b')],
      cursor: cursor(3),
    },
  ])
})

it('knows what is on its way until it is there', async () => {
  const { writes, written, answer } = begin()
  const first = writes.write({ events: [event('a', 1)] })
  await expect.poll(() => written).toHaveLength(1)
  const second = writes.write({ calls: [row('b', 1)] })
  expect([writes.isWriting('a'), writes.isWriting('b'), writes.isWriting('c')]).toEqual([true, true, false])
  await answer()
  await first
  expect([writes.isWriting('a'), writes.isWriting('b')]).toEqual([false, true])
  await answer()
  await second
  expect(writes.isWriting('b')).toBe(false)
})

it('refuses everything behind a change that the store refused', async () => {
  const { writes, written, answer } = begin()
  const full = new Error('full')
  const outcomes = Promise.allSettled([writes.write({ cursor: cursor(1) })])
  await expect.poll(() => written).toHaveLength(1)
  const behind = Promise.allSettled([writes.write({ cursor: cursor(2) }), writes.settled()])
  await answer(full)
  const refused = { status: 'rejected', reason: full }
  expect(await outcomes).toEqual([refused])
  expect(await behind).toEqual([refused, refused])
  await expect(writes.write({ cursor: cursor(3) })).rejects.toBe(full)
  expect(written).toHaveLength(1)
})

it('writes what came before a refusal, and nothing of what comes after it', async () => {
  const { writes, written, answer } = begin()
  const first = writes.write({ cursor: cursor(1) })
  await expect.poll(() => written).toHaveLength(1)
  const waiting = writes.write({ cursor: cursor(2) })
  const broken = new Error('broken')
  writes.refuse(broken)
  await expect(writes.write({ cursor: cursor(3) })).rejects.toBe(broken)
  await answer()
  await first
  await answer()
  await waiting
  expect(written.map((change) => change.cursor?.position)).toEqual([1, 2])
})
