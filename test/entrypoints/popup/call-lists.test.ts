import { describe, expect, it } from 'vitest'
import { listCallsOf, listWaiting, selectUnreturned } from '../../../entrypoints/popup/call-lists.ts'
import { buildRow } from '../lib/store/row.ts'

const ids = (rows: readonly { readonly telephonySessionId: string }[]) =>
  rows.map(({ telephonySessionId }) => telephonySessionId)

describe('calls to return', () => {
  const missed = { outcome: 'missed', numberKey: 'tel:+14085550123' } as const
  const rows = [
    buildRow({ telephonySessionId: 'answered' }),
    buildRow({ telephonySessionId: 'returned', ...missed }),
    buildRow({ telephonySessionId: 'withheld', outcome: 'missed' }),
    buildRow({ telephonySessionId: 'waiting', startedMs: 1, ...missed }),
  ]
  const back = { telephonySessionId: 'later', startedMs: 5, how: 'calledBack' } as const

  it('are those that were missed and not returned; nobody can return a withheld number', () => {
    const returned = new Map([
      ['returned', back],
      ['withheld', undefined],
      ['waiting', undefined],
    ])
    expect(ids(selectUnreturned(rows, returned, true))).toEqual(['waiting'])
  })

  it('are those that came to the voicemail as well, until they are returned, if the person wants that', () => {
    const voicemail = { ...missed, outcome: 'voicemail' } as const
    const all = [
      ...rows,
      buildRow({ telephonySessionId: 'message', startedMs: 2, ...voicemail }),
      buildRow({ telephonySessionId: 'talked since', ...voicemail }),
    ]
    const returned = new Map([
      ['waiting', undefined],
      ['message', undefined],
      ['talked since', back],
    ])
    expect(ids(selectUnreturned(all, returned, true))).toEqual(['message', 'waiting'])
    expect(ids(selectUnreturned(all, returned, false))).toEqual(['waiting'])
  })

  it('make one line of all calls with a number, who called last first', () => {
    const grace = { numberKey: 'tel:+12065550147' }
    const all = [
      buildRow({ telephonySessionId: 'ada again', startedMs: 9, ...missed }),
      buildRow({ telephonySessionId: 'grace', startedMs: 5, ...grace }),
      buildRow({ telephonySessionId: 'ada', startedMs: 2, ...missed }),
    ]
    expect(listWaiting(all).map(({ latest, calls }) => [latest.telephonySessionId, calls])).toEqual([
      ['ada again', 2],
      ['grace', 1],
    ])
  })
})

describe('the calls behind a figure', () => {
  const rows = [
    buildRow({ telephonySessionId: 'a', startedMs: 1, ringMs: 5, talkMs: 10, holdMs: 3 }),
    buildRow({ telephonySessionId: 'b', startedMs: 2, ringMs: 9, outcome: 'callerGaveUp' }),
    buildRow({ telephonySessionId: 'c', startedMs: 3, ringMs: 2, talkMs: 30, holdMs: 8 }),
    buildRow({ telephonySessionId: 'live', startedMs: 4, talkMs: 99, outcome: undefined, phase: 'talking' }),
  ]

  it.each([
    ['calls', ['c', 'b', 'a']],
    ['answered', ['c', 'a']],
    ['missed', ['b']],
    ['ring', ['b', 'a', 'c']],
    ['talk', ['c', 'a']],
    ['hold', ['c', 'a']],
  ] as const)('of %s are %j', (figure, expected) => {
    expect(ids(listCallsOf(figure, rows))).toEqual(expected)
  })
})
