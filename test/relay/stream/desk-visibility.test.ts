import { describe, expect, it } from 'vitest'
import type { Settings } from '../../../relay/config.ts'
import { WATCHES_ALL } from '../../../relay/people/watches.ts'
import { deskEvent } from '../../../relay/wire/desk-record.ts'
import type { Watches } from '../../../shared/protocol/wire.ts'
import { newEvent } from '../support/new-event.ts'
import { createSubscriberBench, settle } from '../support/subscriber-bench.ts'

/**
 * Who is told of a hand and of a whisper. Of session `a` 102 and 104 are members and 106 becomes one at the end; 101 watches
 * all, 103 watches 102, 107 watches 102 as well, 108 runs queue 7, which has a part, and 109 watches somebody else.
 */
const telephonySessionId = 'a'
const records = [
  newEvent(telephonySessionId, 2, ['7']), // 1
  newEvent(telephonySessionId, 3, ['102', '104']), // 2
  deskEvent({ telephonySessionId, kind: 'hand', from: '102', raised: true }, 1000), // 3
  deskEvent({ telephonySessionId, kind: 'whisper', from: '103', to: '102', text: 'Offer 12 %' }, 1000), // 4
  newEvent(telephonySessionId, 4, ['106']), // 5
]
const watches: Readonly<Record<string, Watches>> = {
  101: WATCHES_ALL,
  103: { extensions: ['102'], queues: [] },
  107: { extensions: ['102'], queues: [] },
  108: { extensions: [], queues: ['7'] },
  109: { extensions: ['110'], queues: [] },
}

type Row = [
  who: string,
  extensionId: string,
  view: 'mine' | 'watched' | undefined,
  positions: number[],
  visibility?: Settings['visibility'],
]
const rows: readonly Row[] = [
  ['whose hand it is, and whom is whispered to', '102', 'mine', [1, 2, 3, 4, 5]],
  ['another member sees the hand', '104', 'mine', [1, 2, 3, 5]],
  ['a later member too, with what was before', '106', 'mine', [1, 2, 3, 5]],
  ['who whispers', '103', 'watched', [1, 2, 3, 4, 5]],
  ['another who watches the same person', '107', 'watched', [1, 2, 3, 5]],
  ['who runs the queue of the call', '108', 'watched', [1, 2, 3, 5]],
  ['who watches the account', '101', 'watched', [1, 2, 3, 5]],
  ['who watches the account and does not ask', '101', undefined, [1, 2, 3, 5]],
  ['who whispers is no member of the call by that', '103', 'mine', []],
  ['who watches somebody else', '109', 'watched', []],
  ['a stranger', '110', 'mine', []],
  ['under own whose hand it is, and whom is whispered to', '102', 'mine', [2, 3, 4], 'own'],
  ['under own another member', '104', 'mine', [2], 'own'],
]

describe.each(rows)('%s', (_who, extensionId, view, positions, visibility = 'session') => {
  it('live', async () => {
    const bench = createSubscriberBench({ watches, visibility })
    const client = await bench.join(extensionId, null, view)
    for (const record of records) {
      await bench.log.append(record)
      await settle()
    }
    expect(client.positions().flat()).toEqual(positions)
  })

  it('catching up', async () => {
    const bench = createSubscriberBench({ watches, visibility })
    for (const record of records) await bench.log.append(record)
    const client = await bench.join(extensionId, null, view)
    expect(client.positions().flat()).toEqual(positions)
  })

  it('coming back when the session was theirs already', async () => {
    const bench = createSubscriberBench({ watches, visibility })
    for (const record of records) await bench.log.append(record)
    const { epoch } = (await bench.join(extensionId, null, view)).welcome()
    const client = await bench.join(extensionId, { epoch, position: 2 }, view)
    // To 106 it was not, and comes whole with their first event.
    const expected = extensionId === '106' ? positions : positions.filter((position) => position > 2)
    expect(client.positions().flat()).toEqual(expected)
  })
})

it('is told as it was written, under its own name', async () => {
  const bench = createSubscriberBench({ watches })
  for (const record of records) await bench.log.append(record)
  const client = await bench.join('102')
  const told = client.frames().flatMap(({ events }) => events.flatMap((event) => ('desk' in event ? event.desk : [])))
  expect(told).toEqual([
    { telephonySessionId, kind: 'hand', from: '102', raised: true },
    { telephonySessionId, kind: 'whisper', from: '103', to: '102', text: 'Offer 12 %' },
  ])
})
