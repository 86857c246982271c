import { describe, expect, it } from 'vitest'
import { useRulesFolder } from './folder.ts'
import { fileOf } from './rule-files.ts'

const folder = useRulesFolder()

describe('refuses, with line, column and reason,', () => {
  it.each<[what: string, earlier: object, later: object]>([
    ['the same conditions', { when: { queues: ['1'] } }, { when: { queues: ['1'] } }],
    ['more conditions', { when: { queues: ['1', '2'] } }, { when: { queues: ['1'], ringingForS: 5 } }],
    ['a longer ring', { when: { queues: ['1'], ringingForS: 5 } }, { when: { queues: ['1'], ringingForS: 6 } }],
    ['a number of the list', { when: { caller: ['list:a'] } }, { when: { caller: ['+14085550123'] } }],
    [
      'a number with the beginning',
      { when: { caller: ['+1408*', 'withheld'] } },
      { when: { caller: ['+14085550123', 'withheld'] } },
    ],
    ['a longer beginning', { when: { called: ['+1*'] } }, { when: { called: ['+1206*'] } }],
    ['the same list', { when: { caller: ['list:a'] } }, { when: { caller: ['list:a'], callsToday: 2 } }],
    ['an hour of the day', { when: { times: [{}] } }, { when: { times: [{ from: '08:00', to: '09:00' }] } }],
    ['any hour', { when: { times: [{ from: '00:00' }] } }, { when: { queues: ['1'] } }],
    [
      'a night of the nights',
      { when: { times: [{ from: '18:00', to: '08:00' }] } },
      { when: { times: [{ days: ['mon'], from: '20:00', to: '07:00' }] } },
    ],
  ])('a rule behind one that holds wherever it does: %s', async (_what, earlier, later) => {
    const file = (changes: object = {}) => ({
      ...fileOf({ ...earlier, ...changes }, later),
      timeZone: 'UTC',
      lists: { a: ['+14085550123'] },
    })
    const isEmptyWindow = JSON.stringify(earlier).includes('[{}]')
    const wide = isEmptyWindow ? { when: { times: [{ from: '00:00' }] } } : {}
    expect((await folder.load(file(wide))).faults).toEqual([
      expect.stringMatching(/rules\[1\] should come before rules\[0\], which holds wherever it does and has no "goOn"/),
    ])
    for (const lets of [{ goOn: true }, { dry: true }, { do: [{ transfer: { extensionId: '400101' } }] }]) {
      expect((await folder.load(file({ ...wide, ...lets }))).faults).toEqual([])
    }
  })

  it.each<[what: string, earlier: object, later: object]>([
    ['other queues', { queues: ['1'] }, { queues: ['1', '2'] }],
    ['fewer conditions', { queues: ['1'], ringingForS: 5 }, { queues: ['1'] }],
    ['a shorter ring', { queues: ['1'], ringingForS: 6 }, { queues: ['1'], ringingForS: 5 }],
    ['another list', { caller: ['list:a'] }, { caller: ['list:b'] }],
    ['the whole list', { caller: ['+14085550123'] }, { caller: ['list:a'] }],
    ['a shorter beginning', { caller: ['+1206*'] }, { caller: ['+1*'] }],
    ['a withheld number', { caller: ['+1*'] }, { caller: ['withheld'] }],
    ['an earlier hour', { times: [{ from: '08:00', to: '09:00' }] }, { times: [{ from: '07:00', to: '09:00' }] }],
    ['another day', { times: [{ days: ['mon'] }] }, { times: [{ days: ['mon', 'tue'] }] }],
  ])('not one that may have its turn: %s', async (_what, earlier, later) => {
    const file = { ...fileOf({ when: earlier }, { when: later }), timeZone: 'UTC' }
    const { faults } = await folder.load({ ...file, lists: { a: ['+14085550123'], b: ['+14085550123'] } })
    expect(faults).toEqual([])
  })
})
