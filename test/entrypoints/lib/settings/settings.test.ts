import * as v from 'valibot'
import { beforeEach, describe, expect, it, vi } from 'vitest'

/** What `storage.local` would hold. */
const stored = new Map<string, unknown>()

vi.mock('wxt/utils/storage', () => ({
  storage: {
    defineItem: (key: string, { fallback }: { readonly fallback: unknown }) => ({
      fallback,
      getValue: async () => stored.get(key) ?? fallback,
      setValue: async (value: unknown) => void stored.set(key, value),
      watch: () => () => undefined,
    }),
  },
}))

const { alertSettings, retentionSettings, privacySettings } = await import(
  '../../../../entrypoints/lib/settings/settings.ts'
)
const { defineSetting } = await import('../../../../entrypoints/lib/settings/validated-setting.ts')

beforeEach(() => stored.clear())

describe('a setting', () => {
  it('has its defaults until the person has chosen', async () => {
    expect(await alertSettings.getValue()).toEqual({
      holdIsOn: true,
      holdBadgeSeconds: 60,
      holdNoticeSeconds: 120,
      ringIsOn: true,
      ringSeconds: 30,
      missedIsOn: true,
      missedMinute: 1020,
      voicemailsToReturn: true,
    })
    expect(await retentionSettings.getValue()).toEqual({ eventDays: 30, callDays: 365, noteDays: 365 })
    expect(await privacySettings.getValue()).toEqual({ isMasking: false })
  })

  it.each([
    ['nothing', null],
    ['a word', 'yes'],
    ['a list', []],
    ['events for ever', { eventDays: 0 }],
    ['a time before it began', { callDays: -1 }],
    ['half a day', { noteDays: 0.5 }],
    ['a number in words', { eventDays: '7' }],
  ])('takes %s for nothing good', async (_, value) => {
    stored.set('local:keeping', value)
    expect(await retentionSettings.getValue()).toEqual(retentionSettings.fallback)
  })

  it('keeps what is good beside what is not', async () => {
    stored.set('local:keeping', { eventDays: 'x', callDays: 0, noteDays: 7, later: true })
    expect(await retentionSettings.getValue()).toEqual({ eventDays: 30, callDays: 0, noteDays: 7 })
  })

  it('reads what it has written', async () => {
    const setting = defineSetting('local:test', v.object({ count: v.fallback(v.number(), 1) }))
    await setting.setValue({ count: 5 })
    expect(await setting.getValue()).toEqual({ count: 5 })
  })
})
