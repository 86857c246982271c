import { describe, expect, it } from 'vitest'
import type { Settings } from '../../../relay/config.ts'
import { WATCHES_ALL } from '../../../relay/people/watches.ts'
import { actEvent } from '../../../relay/wire/act-record.ts'
import type { ActRecord } from '../../../shared/protocol/act.ts'
import type { Watches } from '../../../shared/protocol/wire.ts'
import { newEvent } from '../support/new-event.ts'
import { createSubscriberBench, settle } from '../support/subscriber-bench.ts'

/**
 * Who is told of what a rule did. Of session `a` 102 is a member, queue 7 has a part, and 106 becomes a member at the end, after a
 * rule has sent the call to them; another alerts 105, and another all who watch. 101 watches all, 103 watches 102, 105 watches 102
 * as well, 107 watches 106, 108 runs queue 7, and 109 watches somebody else.
 */
const telephonySessionId = 'a'
const common = { telephonySessionId, partyId: 'p-1', from: '102', by: { rule: 'Harbor' }, caller: '+14085550123' }

function answered(act: Pick<ActRecord, 'actId' | 'act' | 'to' | 'text'>, toldTo?: string) {
  const record = { step: 'answered', ...common, ...act, outcome: 'done' } as const
  return actEvent(record, { receivedAtMs: 1000, isFirst: false, toldTo })
}

const sent = { actId: 'x-1', act: 'forward', to: { extensionId: '106' } }
const records = [
  newEvent(telephonySessionId, 2, ['102', '7']), // 1
  actEvent({ step: 'intended', ...common, ...sent }, { receivedAtMs: 1000, isFirst: true }), // 2
  answered(sent, '106'), // 3
  answered({ actId: 'x-2', act: 'alert', to: { extensionId: '105' }, text: 'A key account' }, '105'), // 4
  answered({ actId: 'x-3', act: 'alert', to: 'watchers', text: 'Third call today' }), // 5
  answered({ actId: 'x-4', act: 'reply', text: 'We call back' }), // 6
  newEvent(telephonySessionId, 3, ['106']), // 7
]
const watches: Readonly<Record<string, Watches>> = {
  101: WATCHES_ALL,
  103: { extensions: ['102'], queues: [] },
  105: { extensions: ['102'], queues: [] },
  107: { extensions: ['106'], queues: [] },
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
  ['to whom the call was sent, before it is theirs', '106', 'mine', [3, 1, 7]],
  ['from whom it was sent', '102', 'mine', [1, 3, 7]],
  ['whom a rule alerts, who does not see the call by that', '105', 'mine', [4]],
  ['whom a rule alerts, where they watch the call', '105', 'watched', [1, 3, 4, 5, 7]],
  ['another who watches the same person', '103', 'watched', [1, 3, 5, 7]],
  ['who watches to whom it was sent, once it is there', '107', 'watched', [1, 3, 5, 7]],
  ['who runs the queue of the call', '108', 'watched', [1, 3, 5, 7]],
  ['who watches the account', '101', 'watched', [1, 3, 5, 7]],
  ['who watches the account and does not ask', '101', undefined, [1, 3, 5, 7]],
  ['who watches the account, among their own calls', '101', 'mine', []],
  ['who watches somebody else', '109', 'watched', []],
  ['a stranger', '110', 'mine', []],
  ['under own to whom the call was sent', '106', 'mine', [3, 7], 'own'],
  ['under own from whom it was sent', '102', 'mine', [1, 3], 'own'],
  ['under own whom a rule alerts', '105', 'mine', [4], 'own'],
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

  it('coming back after it was away', async () => {
    const bench = createSubscriberBench({ watches, visibility })
    for (const record of records) await bench.log.append(record)
    const { epoch } = (await bench.join(extensionId, null, view)).welcome()
    const client = await bench.join(extensionId, { epoch, position: 2 }, view)
    // To 106 and to who watches them the session is new, and comes whole.
    const isNew = extensionId === '106' || extensionId === '107'
    expect(client.positions().flat()).toEqual(isNew ? positions : positions.filter((position) => position > 2))
  })
})

it('is told in few words, without what else is kept of it', async () => {
  const bench = createSubscriberBench({ watches })
  for (const record of records) await bench.log.append(record)
  const told = async (extensionId: string, view: 'mine' | 'watched') => {
    const client = await bench.join(extensionId, null, view)
    return client.frames().flatMap(({ events }) => events.flatMap((event) => ('act' in event ? event.act : [])))
  }
  expect(await told('106', 'mine')).toEqual([
    { telephonySessionId, kind: 'sent', rule: 'Harbor', to: '106', from: '102' },
  ])
  expect(await told('105', 'watched')).toEqual([
    { telephonySessionId, kind: 'sent', rule: 'Harbor', to: '106', from: '102' },
    { telephonySessionId, kind: 'alert', rule: 'Harbor', to: '105', text: 'A key account', caller: '+14085550123' },
    {
      telephonySessionId,
      kind: 'alert',
      rule: 'Harbor',
      to: 'watchers',
      text: 'Third call today',
      caller: '+14085550123',
    },
  ])
})

it('is nothing to anybody while RingCentral has not done it, and when a person did', async () => {
  const bench = createSubscriberBench({ watches })
  const record = { step: 'answered', ...common, ...sent, outcome: 'tooLate' } as const
  await bench.log.append(newEvent(telephonySessionId, 2, ['102']))
  await bench.log.append(actEvent(record, { receivedAtMs: 1000, isFirst: false, toldTo: '106' }))
  const by = { extensionId: '102', name: 'Bea Lindqvist' }
  const done = { ...record, by, outcome: 'done' } as const
  await bench.log.append(actEvent(done, { receivedAtMs: 1000, isFirst: false, toldTo: '106' }))
  expect((await bench.join('106', null, 'mine')).positions().flat()).toEqual([])
  expect((await bench.join('101', null, 'watched')).positions().flat()).toEqual([1])
})
