import { describe, expect, it } from 'vitest'
import { markParts } from '../../../../entrypoints/lib/store/mark-parts.ts'
import type { CallRow } from '../../../../entrypoints/lib/store/schema.ts'
import { buildRow } from './row.ts'

/** Rows as they were written when every session counted. */
const ADA = { phoneNumber: '+14085550123', name: 'Ada Winter', numberKey: 'tel:+14085550123' }
const SAM = { phoneNumber: '104', name: 'Sam Okafor', numberKey: 'ext:104' }
const outgoing = { direction: 'Outbound' } as const

const incoming = buildRow({ telephonySessionId: 'in', startedMs: 1, ...ADA, peerIds: ['asked'], talkMs: 5 })
const asked = buildRow({ telephonySessionId: 'asked', startedMs: 2, ...SAM, ...outgoing, peerIds: ['in'], talkMs: 3 })
const first = buildRow({
  telephonySessionId: 'a',
  startedMs: 1,
  ...ADA,
  ...outgoing,
  peerIds: ['room'],
  talkMs: 5,
  twoWayTalkMs: 4,
})
const second = buildRow({
  telephonySessionId: 'b',
  startedMs: 2,
  ...outgoing,
  phoneNumber: '+12065550147',
  peerIds: ['room'],
  talkMs: 6,
})
const room = buildRow({
  telephonySessionId: 'room',
  startedMs: 3,
  ...outgoing,
  name: 'Conference',
  talkMs: 50,
  holdMs: 2,
  twoWayTalkMs: 40,
})
const fetched = buildRow({ telephonySessionId: 'fetched', startedMs: 1, ...ADA, talkMs: 9 })
const code = buildRow({
  telephonySessionId: 'code',
  startedMs: 2,
  ...outgoing,
  phoneNumber: '*801',
  peerIds: ['fetched'],
})
const heard = buildRow({ telephonySessionId: 'heard', startedMs: 1, ...outgoing, ...SAM, talkMs: 0, twoWayTalkMs: 50 })

const tell = (rows: readonly CallRow[]) =>
  Object.fromEntries(
    markParts(rows).map(({ telephonySessionId, part, talkMs }) => [telephonySessionId, [part, talkMs]]),
  )

describe('rows of before', () => {
  it.each<[string, readonly CallRow[], Record<string, unknown>]>([
    [
      'calls by themselves stay calls',
      [fetched, buildRow({ telephonySessionId: 'x', startedMs: 5, ...SAM, talkMs: 4 })],
      {},
    ],
    [
      'who was asked is a part of the customer’s call',
      [asked, incoming],
      { asked: [{ kind: 'consultation', ofId: 'in' }, 3] },
    ],
    [
      'a room is a part of the first that was merged, and its time with it',
      [room, second, first],
      { room: [{ kind: 'continuation', ofId: 'a' }, 50], a: [undefined, 55] },
    ],
    ['a code is a part of what it fetched', [code, fetched], { code: [{ kind: 'passage', ofId: 'fetched' }, 0] }],
    ['what was only heard is a part of none', [heard], { heard: [{ kind: 'listener', ofId: undefined }, 0] }],
  ])('%s', (_, rows, parts) => {
    expect(tell(rows)).toEqual(parts)
    expect(tell(rows.toReversed())).toEqual(parts)
  })

  it('a part is found by no number', () => {
    expect(markParts([incoming, asked])[0]).not.toHaveProperty('numberKey')
  })
})
