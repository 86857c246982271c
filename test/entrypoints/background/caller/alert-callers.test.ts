import 'fake-indexeddb/auto'
import { deleteDB } from 'idb'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import type { StoredRuleNotice } from '../../../../entrypoints/lib/store/schema.ts'
import { ADA_KEY } from './row.ts'

vi.mock('#i18n', () => ({ i18n: { t: (key: string) => key } }))
vi.mock('wxt/browser', () => ({ browser: { i18n: { getUILanguage: () => 'en-US' } } }))
vi.mock('../../../../entrypoints/lib/settings/country.ts', () => ({ userCountry: () => 'US' }))
const { createAlertCallers } = await import('../../../../entrypoints/background/caller/alert-callers.ts')

const user = { accountId: '400100', extensionId: '400102', name: 'Bea Lindqvist', role: 'agent' } as const
const alert = (caller?: string): StoredRuleNotice => ({
  ...{ telephonySessionId: 's-1', kind: 'alert', rule: 'VIP', text: 'Ring back', receivedMs: 1 },
  ...(caller === undefined ? {} : { caller }),
})

const ADA = {
  ...{ id: 'c-1', name: 'Ada Winter', company: undefined, tags: [] },
  ...{ phoneNumbers: ['+14085550123'], numberKeys: [ADA_KEY] },
}

let store: PersonStore
let changes: number
let isMasking: boolean
beforeEach(async () => {
  store = await openPersonStore(user)
  changes = 0
  isMasking = false
})
afterEach(async () => {
  store.close()
  await deleteDB(`ringside:${user.accountId}:${user.extensionId}`)
})

const open = () => createAlertCallers({ store, isMasking: () => isMasking, onChanged: () => changes++ })

it('calls the caller of an alert as the person’s contacts do, once these have been read', async () => {
  await store.put('contacts', ADA)
  const callers = open()
  expect(callers.name(alert('+14085550123'))).toBe('(408) 555-0123')
  expect(await callers.whenRead(alert('+14085550123'))).toBe('Ada Winter')
  expect(callers.name(alert('+14085550123'))).toBe('Ada Winter')
  expect(changes).toBe(1)
})

it('knows whom somebody has named since the last alert about them', async () => {
  const callers = open()
  expect(await callers.whenRead(alert('+14085550123'))).toBe('(408) 555-0123')
  await store.put('contacts', ADA)
  const next = { ...alert('+14085550123'), telephonySessionId: 's-2' }
  expect(await callers.whenRead(next)).toBe('Ada Winter')
})

it('leaves the number where nobody knows it, without its last digits where they are hidden', async () => {
  isMasking = true
  const callers = open()
  const masked = await callers.whenRead(alert('+14085550123'))
  expect(masked).toContain('(408)')
  expect(masked).not.toContain('0123')
  expect(callers.name(alert())).toBe('person.withheld')
  expect(changes).toBe(0)
})
