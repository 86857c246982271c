import { beforeEach, expect, it, vi } from 'vitest'

interface Notice {
  readonly title: string
  readonly buttons: readonly { readonly title: string }[]
}

/** What Chrome is asked to show, by id; `undefined`: the person has not allowed it. */
let up: Map<string, Notice> | undefined
const stored = new Map<string, unknown>()

vi.mock('wxt/browser', () => ({
  browser: {
    runtime: { getURL: (path: string) => path },
    get notifications() {
      const shown = up
      return (
        shown && {
          create: async (id: string, notice: Notice) => void shown.set(id, notice),
          clear: async (id: string) => shown.delete(id),
        }
      )
    },
  },
}))
vi.mock('#i18n', () => ({ i18n: { t: (key: string) => key } }))
vi.mock('wxt/utils/storage', () => ({
  storage: {
    defineItem: (key: string) => ({
      getValue: async () => stored.get(key),
      setValue: async (value: unknown) => void stored.set(key, value),
      watch: () => () => undefined,
    }),
  },
}))

const { alertNotifications, readAlertKind } = await import(
  '../../../../entrypoints/background/alerts/alert-notifications.ts'
)
const { turnOffAlert } = await import('../../../../entrypoints/background/alerts/turn-off.ts')
const { alertSettings } = await import('../../../../entrypoints/lib/settings/settings.ts')

beforeEach(() => {
  up = new Map()
  stored.clear()
})

it('an alert has a button that switches its kind off, and goes when it is over', async () => {
  await alertNotifications.show('hold', 's-1:2', 'Ada has been on hold for 2:00', 'Support')
  const [[id, notice] = ['', undefined]] = up ?? []
  expect(notice).toMatchObject({ title: 'Ada has been on hold for 2:00', buttons: [{ title: 'alerts.turnOff' }] })
  expect(readAlertKind(id)).toBe('hold')
  await alertNotifications.clear('hold', 's-1:2')
  expect(up?.size).toBe(0)
})

it('a notification of another sort is no alert', () => {
  expect(['s-1', 'alert', 'alert:other:s-1', 'hold:s-1'].map(readAlertKind)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

it('without permission there is nothing to show, and nothing fails', async () => {
  up = undefined
  await expect(alertNotifications.show('ring', 's-1', 'Ada', 'Support')).resolves.toBeUndefined()
  await expect(alertNotifications.clear('ring', 's-1')).resolves.toBeUndefined()
})

it.each([
  ['hold', { holdIsOn: false, ringIsOn: true, missedIsOn: true }],
  ['ring', { holdIsOn: true, ringIsOn: false, missedIsOn: true }],
  ['missed', { holdIsOn: true, ringIsOn: true, missedIsOn: false }],
] as const)('switching %s off leaves the others on', async (kind, switches) => {
  await turnOffAlert(kind)
  expect(await alertSettings.getValue()).toMatchObject(switches)
})
