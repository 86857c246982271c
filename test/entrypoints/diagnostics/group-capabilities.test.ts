import { describe, expect, it } from 'vitest'
import { groupCapabilities } from '../../../entrypoints/diagnostics/group-capabilities.ts'
import { CAPABILITIES, type Capability } from '../../../shared/protocol/http/capabilities.ts'

const told: readonly Capability[] = [...Object.keys(CAPABILITIES), 'weather'].map((name) => ({
  name,
  state: 'notTried',
}))
const names = (watches: { extensions: 'all' | string[]; queues: 'all' | string[] } | undefined) => {
  const { person, account } = groupCapabilities(told, { ...(watches && { watches }) })
  return [person.map(({ name }) => name), account.map(({ name }) => name)]
}

describe('capabilities', () => {
  it.each([
    ['an agent', { extensions: [], queues: [] }],
    ['somebody at a relay that knows no rights', undefined],
  ])('of watching are not shown to %s', (_who, watches) => {
    expect(names(watches)).toEqual([['grants', 'callControl', 'presence'], []])
  })

  it('are not shown to nobody', () => {
    expect(groupCapabilities([{ name: 'listen', state: 'works' }], undefined).person).toEqual([])
  })

  it.each<[string, { extensions: 'all' | string[]; queues: 'all' | string[] }]>([
    ['watches an extension', { extensions: ['400102'], queues: [] }],
    ['runs a queue', { extensions: [], queues: ['400201'] }],
    ['sees the whole account', { extensions: 'all', queues: 'all' }],
  ])('are all shown to who %s, their own apart from those of the account', (_who, watches) => {
    expect(names(watches)).toEqual([
      ['grants', 'callControl', 'presence', 'listen', 'listenAtWebPhone', 'webPhones', 'weather'],
      ['directory', 'rules', 'ruleSupervision', 'queueSettings'],
    ])
  })

  it('have what they need, but for one that a newer relay has', () => {
    const { person } = groupCapabilities(told, { watches: { extensions: 'all', queues: 'all' } })
    expect(person.find(({ name }) => name === 'listen')?.known?.needs).toEqual(CAPABILITIES.listen)
    expect(person.find(({ name }) => name === 'weather')).toEqual({ name: 'weather', state: 'notTried' })
  })
})
