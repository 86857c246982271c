import { describe, expect, it } from 'vitest'
import type { Settings } from '../../../relay/config.ts'
import { epochOf } from '../../../relay/people/view.ts'
import { WATCHES_NOTHING } from '../../../relay/people/watches.ts'
import type { Watches } from '../../../shared/protocol/wire.ts'
import { createSubscriberBench, settle, watching } from '../support/subscriber-bench.ts'

/** What somebody's view is: who may ask for which, what names it to a cursor, and whether it is whole. */

describe('the epoch', () => {
  const epochWith = async (options: Parameters<typeof createSubscriberBench>[0], extensionId = '102') =>
    (await createSubscriberBench(options).join(extensionId)).welcome().epoch

  it('is another for another log, role or visibility, and the same otherwise', async () => {
    const { log } = createSubscriberBench()
    const epoch = await epochWith({ log })
    expect(await epochWith({ log })).toBe(epoch)
    expect(await epochWith({})).not.toBe(epoch)
    expect(await epochWith({ log, supervisors: ['102'] })).not.toBe(epoch)
    expect(await epochWith({ log, visibility: 'own' })).not.toBe(epoch)
    expect(await epochWith({ log }, '104')).not.toBe(epoch)
  })

  it('is another for each that is watched, in whatever order, and the same for their own calls', async () => {
    const { log } = createSubscriberBench()
    const epochOfView = async (view: 'mine' | 'watched', watches: Watches) =>
      (await createSubscriberBench({ log, watches: { 102: watches } }).join('102', null, view)).welcome().epoch
    const watched = await epochOfView('watched', watching('104', '105'))
    expect(await epochOfView('watched', watching('105', '104'))).toBe(watched)
    expect(await epochOfView('watched', watching('104'))).not.toBe(watched)
    expect(await epochOfView('watched', { extensions: ['104', '105'], queues: ['7'] })).not.toBe(watched)
    const mine = await epochOfView('mine', watching('104'))
    expect(mine).not.toBe(watched)
    expect(await epochOfView('mine', WATCHES_NOTHING)).toBe(mine)
  })

  it('is another in another account, where somebody else may have the same extension id', () => {
    const of = (accountId: string) =>
      epochOf(
        { id: 'log' },
        { accountId, extensionId: '102', name: 'Bea', role: 'agent', watches: WATCHES_NOTHING },
        { kind: 'account', extensionId: '102' },
      )
    expect(of('1')).not.toBe(of('2'))
  })
})

it.each<[what: string, watches: Watches | undefined, ending: number | undefined]>([
  ['nobody', undefined, 4403],
  ['somebody', watching('104'), undefined],
])('who asks for what they watch and watches %s', async (_what, watches, ending) => {
  const client = createSubscriberBench({ watches: watches ? { 102: watches } : {} }).connect()
  client.hello('102', null, 'watched')
  await settle()
  expect(client.ending()).toBe(ending)
  expect(client.messages[0]).toMatchObject(ending ? { type: 'error', code: 'not_allowed' } : { type: 'welcome' })
})

describe('complete', () => {
  it.each<[scope: Settings['scope'], visibility: Settings['visibility'], extensionId: string, complete: boolean]>([
    ['account', 'session', '102', true],
    ['account', 'own', '102', false],
    ['account', 'own', '101', true],
    ['extension', 'session', '102', false],
    ['extension', 'session', '101', false],
  ])('scope %s, visibility %s, %s: %s', async (scope, visibility, extensionId, complete) => {
    const bench = createSubscriberBench({ scope, visibility, supervisors: ['101'] })
    expect((await bench.join(extensionId)).welcome().complete).toBe(complete)
  })
})
