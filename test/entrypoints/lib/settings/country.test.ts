import { beforeEach, expect, it, vi } from 'vitest'

/** What `storage.local` would hold, and who watches it. */
const stored = new Map<string, unknown>()
const watchers = new Map<string, (value: unknown) => void>()
let language = 'en-US'

vi.mock('wxt/utils/storage', () => ({
  storage: {
    defineItem: (key: string, { fallback }: { readonly fallback: unknown }) => ({
      fallback,
      getValue: async () => stored.get(key) ?? fallback,
      setValue: async (value: unknown) => {
        stored.set(key, value)
        watchers.get(key)?.(value)
      },
      watch: (watcher: (value: unknown) => void) => void watchers.set(key, watcher),
    }),
  },
}))
vi.mock('wxt/browser', () => ({ browser: { i18n: { getUILanguage: () => language } } }))

beforeEach(() => {
  vi.resetModules()
  stored.clear()
  watchers.clear()
  language = 'en-US'
})

async function open() {
  const country = await import('../../../../entrypoints/lib/settings/country.ts')
  const settings = await import('../../../../entrypoints/lib/settings/settings.ts')
  await country.readCountry()
  return { ...country, ...settings }
}

it.each([
  ['en-US', '', '', 'US', undefined],
  ['de', '', '', 'DE', undefined],
  ['es-419', '', '', '419', undefined],
  ['en-US', '', 'IN', 'IN', 'IN'],
  ['de', '', 'AT', 'AT', 'AT'],
  ['de', 'CH', 'AT', 'CH', 'CH'],
  ['en-US', 'DE', '', 'DE', 'DE'],
  ['en-US', 'Germany', 5, 'US', undefined],
])(
  'with Chrome in %s, %j chosen and %j at RingCentral numbers are read in %s',
  async (ui, chosen, home, country, known) => {
    language = ui
    stored.set('local:country', chosen)
    stored.set('local:homeCountry', home)
    const { userCountry, knownCountry } = await open()
    expect(userCountry()).toBe(country)
    expect(knownCountry()).toBe(known)
  },
)

it('whoever reads numbers is told when the country becomes known or another, and not otherwise', async () => {
  const { userCountry, watchCountry, takeHomeCountry, countrySetting, homeCountrySetting } = await open()
  const told: string[] = []
  watchCountry(() => told.push(userCountry()))
  takeHomeCountry('US')
  await homeCountrySetting.setValue('US')
  await countrySetting.setValue('DE')
  await homeCountrySetting.setValue('AT')
  await countrySetting.setValue('')
  expect(told).toEqual(['US', 'DE', 'AT'])
})
