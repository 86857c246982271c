import { expect, it } from 'vitest'
import { type FoundLog, identifyLog } from '../../../relay/log/identity.ts'

const stats = { inode: '7', modifiedAtNs: '1700000000500000000', changedAtNs: '1700000000500000000' }
const header = {
  format: 1,
  kind: 'events',
  number: 4,
  firstPosition: 90,
  logId: 'b',
  former: [{ id: 'a', headPosition: 20 }],
  bootId: 'boot',
  createdAtMs: 1_700_000_000_000,
} as const

/** A log that was killed in this start of the machine, half a second after its last batch began to be written. */
const killed: FoundLog = {
  newest: { header, stats, writtenAtMs: 1_700_000_000_000 },
  closed: undefined,
  bootId: 'boot',
  nextPosition: 101,
}
const newest = { header, stats, writtenAtMs: 1_700_000_000_000 }

it.each<[how: string, state: FoundLog]>([
  ['killed', killed],
  [
    'killed on a slow disk, twelve seconds after its last batch began to be written',
    { ...killed, newest: { ...newest, writtenAtMs: 1_699_999_988_500 } },
  ],
  ['closed, and not touched since, in whatever start of the machine', { ...killed, bootId: 'other', closed: stats }],
])('keeps its name when it was %s', (_how, state) => {
  expect(identifyLog(state)).toEqual({ logId: 'b', former: [{ id: 'a', headPosition: 20 }], bootId: state.bootId })
})

it.each<[how: string, state: FoundLog]>([
  ['found after another start of the machine, as after a power cut', { ...killed, bootId: 'other' }],
  [
    'found where the system tells no start of the machine',
    { ...killed, bootId: '', newest: { ...newest, header: { ...header, bootId: '' } } },
  ],
  [
    'changed longer after its last batch than a write takes',
    { ...killed, newest: { ...newest, writtenAtMs: 1_699_999_985_000 } },
  ],
  [
    'given the time of a copy',
    { ...killed, newest: { ...newest, stats: { ...stats, modifiedAtNs: '1700000000000000000' } } },
  ],
  ['closed, and then changed', { ...killed, closed: { ...stats, changedAtNs: '1700000000400000000' } }],
  ['closed, and then replaced by another file', { ...killed, closed: { ...stats, inode: '8' } }],
])('gets another when it was %s, and remembers the ones of before', (_how, state) => {
  const { logId, former } = identifyLog(state)
  expect(logId).not.toBe('b')
  expect(former).toEqual([
    { id: 'a', headPosition: 20 },
    { id: 'b', headPosition: 100 },
  ])
})

it('lets no name hold beyond what is there', () => {
  const { former } = identifyLog({ ...killed, bootId: 'other', nextPosition: 11 })
  expect(former.map(({ headPosition }) => headPosition)).toEqual([10, 10])
})

it('remembers as many names as its header has room for, the last', () => {
  const many = Array.from({ length: 60 }, (_, index) => ({ id: String(index), headPosition: index }))
  const { former } = identifyLog({
    ...killed,
    bootId: 'other',
    newest: { ...newest, header: { ...header, former: many } },
  })
  expect(former.map(({ id }) => id)).toEqual([...many.map(({ id }) => id), 'b'].slice(-40))
})

it('makes one up for a log that is not there yet', () => {
  const fresh = { ...killed, newest: undefined, nextPosition: 1 }
  expect(identifyLog(fresh).logId).not.toBe(identifyLog(fresh).logId)
})
