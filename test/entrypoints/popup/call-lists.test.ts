import { describe, expect, it } from 'vitest'
import { listCallsOf, putMissedFirst } from '../../../entrypoints/popup/call-lists.ts'
import { buildRow } from '../lib/store/row.ts'

const ids = (rows: readonly { readonly telephonySessionId: string }[]) =>
  rows.map(({ telephonySessionId }) => telephonySessionId)

describe('the last calls', () => {
  const missed = { outcome: 'missed', numberKey: 'tel:+14085550123' } as const
  const rows = [
    buildRow({ telephonySessionId: 'answered' }),
    buildRow({ telephonySessionId: 'returned', ...missed }),
    buildRow({ telephonySessionId: 'withheld', outcome: 'missed' }),
    buildRow({ telephonySessionId: 'waiting', ...missed }),
  ]
  const back = { telephonySessionId: 'later', startedMs: 5, how: 'calledBack' } as const

  it('begin with those that were missed and not returned; nobody can return a withheld number', () => {
    const returned = new Map([
      ['returned', back],
      ['withheld', undefined],
      ['waiting', undefined],
    ])
    expect(ids(putMissedFirst(rows, returned, true))).toEqual(['waiting', 'answered', 'returned', 'withheld'])
  })

  it('begin with those that came to the voicemail as well, until they are returned, if the person wants that', () => {
    const voicemail = { ...missed, outcome: 'voicemail' } as const
    const all = [
      ...rows,
      buildRow({ telephonySessionId: 'message', ...voicemail }),
      buildRow({ telephonySessionId: 'talked since', ...voicemail }),
    ]
    const returned = new Map([
      ['waiting', undefined],
      ['message', undefined],
      ['talked since', back],
    ])
    const others = ['answered', 'returned', 'withheld']
    expect(ids(putMissedFirst(all, returned, true))).toEqual(['waiting', 'message', ...others, 'talked since'])
    expect(ids(putMissedFirst(all, returned, false))).toEqual(['waiting', ...others, 'message', 'talked since'])
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
