import { beforeEach, expect, it, vi } from 'vitest'

/** The alarms that Chrome keeps, by name. */
const kept = new Map<string, { readonly periodInMinutes: number }>()

vi.mock('wxt/browser', () => ({
  browser: {
    alarms: {
      get: async (name: string) => kept.get(name),
      create: async (name: string, alarm: { readonly periodInMinutes: number }) => void kept.set(name, alarm),
      clear: async (name: string) => kept.delete(name),
    },
  },
}))

const { setReviveAlarm } = await import('../../../entrypoints/background/revive-alarm.ts')

beforeEach(() => kept.clear())

it('is set, and taken back', async () => {
  await setReviveAlarm(true)
  expect([...kept]).toEqual([['revive', { periodInMinutes: 0.5 }]])
  await setReviveAlarm(false)
  expect([...kept]).toEqual([])
})

it('goes on when it is there already', async () => {
  await setReviveAlarm(true)
  const alarm = kept.get('revive')
  await setReviveAlarm(true)
  expect(kept.get('revive')).toBe(alarm)
})

it.each([
  ['nobody any more', [true, false], []],
  ['the next person', [true, false, true], ['revive']],
])('is there for %s, however quickly that changes', async (_, changes, names) => {
  await Promise.all(changes.map((isWanted) => setReviveAlarm(isWanted)))
  expect([...kept.keys()]).toEqual(names)
})
