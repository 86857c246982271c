import 'fake-indexeddb/auto'
import { deleteDB } from 'idb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_SUGGESTIONS, suggest } from '../../../../entrypoints/background/actions/suggestions.ts'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import type { Colleague } from '../../../../shared/protocol/http/colleagues.ts'
import { buildRow } from './build-row.ts'

const user = { accountId: '400100', extensionId: '400102', name: 'Bea Lindqvist', role: 'agent' } as const
let store: PersonStore

beforeEach(async () => {
  colleagues = []
  store = await openPersonStore(user)
})
afterEach(async () => {
  store.close()
  await deleteDB(`ringside:${user.accountId}:${user.extensionId}`)
})

let colleagues: readonly Colleague[] = []
const look = async (typed: string, other?: string) => {
  const found = await suggest(typed, {
    store,
    country: 'US',
    nameNumber: (number) => `${number?.kind} ${number?.text}`,
    other,
    colleagues,
  })
  return found.map(({ name, to, text }) => [name, to, text])
}

let calls = 0
async function call(name: string | undefined, phoneNumber: string | undefined): Promise<void> {
  calls++
  await store.put('calls', buildRow({ telephonySessionId: `s-${calls}`, startedMs: calls, name, phoneNumber }))
}

async function contact(name: string, ...phoneNumbers: readonly string[]): Promise<void> {
  const rest = { company: undefined, numberKeys: [], tags: [] }
  await store.put('contacts', { id: `c-${name}`, name, phoneNumbers, ...rest })
}

const SAM = ['Sam Okafor', '104', 'extension 104']
const ADA = ['Ada Winter', '+14085550123', 'number (408) 555-0123']

describe('whom a call may be given to', () => {
  it('is, before anything is typed, who was talked to last: colleagues first, each once', async () => {
    await contact('Zoe', '+14085550177')
    await call('Sam Okafor', '104')
    await call('Ada Winter', '+14085550123')
    await call('Ada Winter', '(408) 555-0123')
    await call(undefined, '+12065550147')
    await call('Anonymous', undefined)
    expect(await look('')).toEqual([SAM, ADA])
  })

  it.each([
    ['the beginning of a name', 'ad'],
    ['the beginning of the last name', 'WINT'],
    ['both in any order', 'winter ada'],
    ['digits of the number', '555-0123'],
  ])('is found by %s', async (_by, typed) => {
    await call('Sam Okafor', '104')
    await call('Ada Winter', '+14085550123')
    expect(await look(typed)).toEqual([ADA])
  })

  it('is found without its accents, by every number of a contact', async () => {
    await contact('Jörg Müller', '+49 30 901820', 'ask at the desk', '104')
    expect(await look('jorg mu')).toEqual([
      ['Jörg Müller', '+4930901820', 'number +49 30 901820'],
      ['Jörg Müller', '104', 'extension 104'],
    ])
  })

  it('is never the other side of the call that is given away, however they are written', async () => {
    await call('Sam Okafor', '104')
    await call('Ada Winter', '+14085550123')
    await contact('Ada (shop)', '408-555-0123')
    expect(await look('', '(408) 555-0123')).toEqual([SAM])
    expect(await look('ada', '+14085550123')).toEqual([])
    expect(await look('', '104')).toEqual([ADA])
  })

  it('is everybody of the account, those first that were talked to, with what they are doing', async () => {
    colleagues = [
      { extensionId: '400103', name: 'Noor Haddad', extensionNumber: '103', presence: 'busy' },
      { extensionId: '400104', name: 'Sam Okafor', extensionNumber: '104', presence: 'available' },
      { extensionId: '400101', name: 'Ines Moreau', extensionNumber: '101' },
    ]
    await call('Ada Winter', '+14085550123')
    await call('Sam Okafor', '104')
    const found = await suggest('', { store, country: 'US', nameNumber: () => '', colleagues })
    expect(found.map(({ name, presence }) => [name, presence])).toEqual([
      ['Sam Okafor', 'available'],
      ['Noor Haddad', 'busy'],
      ['Ines Moreau', undefined],
      ['Ada Winter', undefined],
    ])
    expect(await look('noor')).toEqual([['Noor Haddad', '103', 'extension 103']])
    expect(await look('', '103')).not.toContainEqual(expect.arrayContaining(['Noor Haddad']))
  })

  it('is nobody whose name only contains what was typed', async () => {
    await contact('Ada Winter', '+14085550123')
    expect(await look('inter')).toEqual([])
    expect(await look('+')).toEqual([])
  })

  it('is a short list, also of a long one', async () => {
    for (let index = 0; index < 1200; index++)
      await contact(`Kim ${index}`, `+1408555${String(index).padStart(4, '0')}`)
    expect(await look('kim')).toHaveLength(MAX_SUGGESTIONS)
    expect(await look('kim 999')).toEqual([['Kim 999', '+14085550999', 'number (408) 555-0999']])
    expect(await look('1199')).toHaveLength(1)
  })
})
