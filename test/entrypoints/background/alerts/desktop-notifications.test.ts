import { beforeEach, expect, it, vi } from 'vitest'
import type { CallRow } from '../../../../entrypoints/lib/store/schema.ts'
import { buildRow } from '../../lib/store/row.ts'

/** What Chrome is asked to show, by id. */
const up = new Map<string, { readonly title: string }>()

vi.mock('wxt/browser', () => ({
  browser: {
    runtime: { getURL: (path: string) => path },
    notifications: {
      create: async (id: string, notice: { readonly title: string }) => void up.set(id, notice),
      clear: async (id: string) => up.delete(id),
      getAll: async () => Object.fromEntries(up),
    },
  },
}))
vi.mock('../../../../entrypoints/lib/settings/country.ts', () => ({ userCountry: () => 'US' }))
vi.mock('#i18n', () => ({ i18n: { t: (key: string, values: readonly string[] = []) => [key, ...values].join(' ') } }))

const { createDesktopNotifications } = await import(
  '../../../../entrypoints/background/alerts/desktop-notifications.ts'
)

beforeEach(() => up.clear())

it.each([
  ['in full', false, 'notice.ringing (312) 555-0142'],
  ['without its last digits', true, 'notice.ringing (312) 555-••••'],
])('a notification tells a number %s where the person wants that', async (_, isMasking, title) => {
  const notifications = createDesktopNotifications({
    isPageInSight: () => false,
    isMasking: () => isMasking,
    name: async (row) => row,
  })
  const row = buildRow({ telephonySessionId: 's-1', phase: 'ringing', outcome: undefined, phoneNumber: '+13125550142' })
  await notifications.tell(row, ['ringing'])
  expect(up.get('s-1')?.title).toBe(title)
})

it('a notification names the caller as they are known here, also when the call is missed', async () => {
  const name = async (row: CallRow) => ({ ...row, name: 'Ada Winter' })
  const notifications = createDesktopNotifications({ isPageInSight: () => false, isMasking: () => false, name })
  const row = buildRow({ telephonySessionId: 's-1', name: 'WIRELESS CALLER', phase: 'ringing', outcome: undefined })
  await notifications.tell(row, ['ringing'])
  expect(up.get('s-1')?.title).toBe('notice.ringing Ada Winter')
  await notifications.tell({ ...row, phase: 'ended', outcome: 'missed' }, ['missed'])
  expect(up.get('s-1')?.title).toBe('notice.missed Ada Winter')
})
