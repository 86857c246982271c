import 'fake-indexeddb/auto'
import { signal } from '@preact/signals'
import { deleteDB } from 'idb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ContactsChange, Status } from '../../../../entrypoints/lib/contract/messages.ts'
import { readContacts } from '../../../../entrypoints/lib/store/contacts.ts'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import type { Contact } from '../../../../entrypoints/lib/store/schema.ts'
import { deleteContacts, writeContacts, writeContactTags } from '../../../../entrypoints/lib/store/write-contacts.ts'
import type { ContactsModel } from '../../../../entrypoints/options/contacts/contacts-model.ts'
import type { ImportStep } from '../../../../entrypoints/options/contacts/import-model.ts'
import type { User } from '../../../../shared/protocol/wire.ts'
import { eventually } from '../../../support/eventually.ts'

/** A file of contacts that is looked at and kept while contacts, or who they belong to, become others. */

let asked: ContactsChange[]
let carryOut: (change: ContactsChange) => Promise<undefined>
let announce: (what: 'contacts') => void

vi.mock('#i18n', () => ({ i18n: { t: (key: string) => key } }))
vi.mock('../../../../entrypoints/lib/wording/shown-country.ts', () => ({ country: { value: 'US' } }))
vi.mock('../../../../entrypoints/lib/wording/labels.ts', () => ({ language: () => 'en' }))
vi.mock('../../../../entrypoints/lib/contract/messages.ts', () => ({
  interrupted: () => 'interrupted',
  listenToAnnouncements: (listener: typeof announce) => {
    announce = listener
  },
  sendMessage: async (_name: string, change: ContactsChange) => {
    asked.push(change)
    return carryOut(change)
  },
}))
const { createContactsModel } = await import('../../../../entrypoints/options/contacts/contacts-model.ts')

const BEA: User = { accountId: '400100', extensionId: '400102', name: 'Bea Lindqvist', role: 'agent' }
const SAM: User = { ...BEA, extensionId: '400103', name: 'Sam Okafor' }
const ADA: Contact = {
  ...{ id: 'c-1', name: 'Ada Winter', company: 'Winter Couriers', tags: [] },
  ...{ phoneNumbers: ['+14085550123'], numberKeys: ['tel:+14085550123'] },
}
/** Ada has a second number in it, and Alan is new. */
const FILE = 'Name,Company,Phone\nAda Winter,Winter Couriers,+14085550188\nAlan Reyes,Reyes Tiles,+14085550177\n'

let store: PersonStore
let status: ReturnType<typeof signal<Status | undefined>>
let model: ContactsModel

beforeEach(async () => {
  store = await openPersonStore(BEA)
  await writeContacts(store, [ADA])
  asked = []
  carryOut = async () => undefined
  status = signal(statusOf(BEA))
  model = createContactsModel(status)
})
afterEach(async () => {
  status.value = statusOf(undefined)
  store.close()
  for (const { accountId, extensionId } of [BEA, SAM]) await deleteDB(`ringside:${accountId}:${extensionId}`)
})

function statusOf(user: User | undefined): Status {
  const nothing = { subscription: undefined, gapNoticedMs: undefined, progress: undefined }
  const connection = { state: user === undefined ? 'signedOut' : 'live' } as const
  return { relayUrl: '', user, connection, isStoreRefusing: false, isStoreScarce: false, ...nothing }
}

const choose = (text: string) => model.bringing.choose(new File([text], 'people.csv'))

function previewed(): Extract<ImportStep, { kind: 'preview' }>['outcome'] {
  const step = model.bringing.step.value
  if (step.kind !== 'preview') throw new Error(`a preview should be shown, not ${step.kind}`)
  return step.outcome
}

async function listContacts(): Promise<readonly Contact[]> {
  const all: Contact[] = []
  for await (const piece of readContacts(store)) all.push(...piece)
  return all
}

describe('a file that is looked at', () => {
  it('takes no tag away that a contact gets meanwhile', async () => {
    carryOut = async (change) => {
      if (change.kind === 'put') await writeContacts(store, change.contacts)
      return undefined
    }
    await choose(FILE)
    expect(previewed()).toMatchObject({ added: 1, changed: 1 })
    await writeContactTags(store, ADA.id, ['VIP'])
    announce('contacts')
    await eventually(() => expect(previewed().contacts[0]?.tags).toEqual(['VIP']))
    await model.bringing.keep()
    expect(await listContacts()).toMatchObject([{ name: 'Ada Winter', tags: ['VIP'] }, { name: 'Alan Reyes' }])
  })

  it('brings back everybody who is in it when all contacts are removed meanwhile', async () => {
    await choose('Name,Company,Phone\nAda Winter,Winter Couriers,+14085550123\n')
    expect(previewed()).toMatchObject({ added: 0, same: 1 })
    await deleteContacts(store)
    announce('contacts')
    await eventually(() => expect(previewed()).toMatchObject({ added: 1, same: 0 }))
  })

  it('goes with the person whose contacts it was meant for', async () => {
    await choose(FILE)
    status.value = statusOf(SAM)
    expect(model.bringing.step.value).toEqual({ kind: 'none' })
    await model.bringing.keep()
    announce('contacts')
    expect(asked).toEqual([])
    expect(model.bringing.step.value).toEqual({ kind: 'none' })
  })
})

it('keeps no more of a file once somebody else has signed in', async () => {
  const lines = Array.from({ length: 2500 }, (_, index) => `Caller ${index},+1408555${String(index).padStart(4, '0')}`)
  await choose(`Name,Phone\n${lines.join('\n')}\n`)
  carryOut = async () => {
    status.value = statusOf(SAM)
    return undefined
  }
  await model.bringing.keep()
  expect(asked).toHaveLength(1)
  expect(model.bringing.feedback.value).toEqual({ kind: 'problem', text: 'contacts.keptPartly' })
})
