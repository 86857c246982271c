import { beforeEach, describe, expect, it } from 'vitest'
import {
  ALERT_STAYS_MS,
  createRuleAlerts,
  type RuleAlerts,
} from '../../../../entrypoints/background/alerts/rule-alerts.ts'
import type { CallRow, StoredRuleNotice } from '../../../../entrypoints/lib/store/schema.ts'
import { createManualClock } from '../../../support/manual-clock.ts'
import { buildRow } from '../../lib/store/row.ts'

let stored: readonly string[]
let known: readonly StoredRuleNotice[]
let calls: readonly CallRow[]
let isCurrent: boolean
let heard: string[]
let changes: number
let clock: ReturnType<typeof createManualClock>
let alerts: RuleAlerts

/** As a worker has them that has just been started. */
const begin = () =>
  createRuleAlerts({
    alerts: () => known,
    calls: () => calls,
    isCurrent: () => isCurrent,
    shown: {
      getValue: async () => stored,
      setValue: async (value) => {
        stored = value
      },
    },
    nameOf: ({ telephonySessionId }) => telephonySessionId,
    show: async (name, { text }) => void heard.push(`${name} ${text}`),
    clear: async (name) => void heard.push(`no ${name}`),
    clock,
    onChange: () => changes++,
  })

beforeEach(() => {
  stored = []
  known = []
  calls = []
  isCurrent = true
  heard = []
  changes = 0
  clock = createManualClock()
  alerts = begin()
})

const alert = (telephonySessionId: string, agoMs = 0): StoredRuleNotice => ({
  ...{ telephonySessionId, kind: 'alert', rule: 'VIP', text: 'Ring back' },
  receivedMs: clock.nowMs() - agoMs,
})
const live = (telephonySessionId: string): CallRow =>
  buildRow({ telephonySessionId, phase: 'talking', outcome: undefined })

async function look(): Promise<void> {
  alerts.refresh()
  await new Promise((resolve) => setImmediate(resolve))
}

describe('an alert', () => {
  it('is notified of once, though the worker is ended meanwhile, and no longer once it is gone', async () => {
    known = [alert('a')]
    await look()
    alerts = begin()
    await look()
    known = []
    await look()
    expect(heard).toEqual(['a Ring back', 'no a'])
  })

  it('is not told of while nobody knows what goes on, but afterwards', async () => {
    known = [alert('a', 60_000)]
    isCurrent = false
    await look()
    expect(heard).toEqual([])
    isCurrent = true
    await look()
    expect(heard).toEqual(['a Ring back'])
  })

  it('of a call of the person’s stays as long as that, and stands there and not apart', async () => {
    calls = [live('a'), buildRow({ ...live('b'), currentSessionId: 'c' }), buildRow({ telephonySessionId: 'over' })]
    known = ['a', 'c', 'over', 'others'].map((id) => alert(id, 1))
    expect(alerts.apart().map(({ telephonySessionId }) => telephonySessionId)).toEqual(['over', 'others'])
    clock.advance(10 * ALERT_STAYS_MS)
    await look()
    expect(heard).toEqual(['a Ring back', 'c Ring back'])
  })

  it('about a call of others goes by itself, and not every one of many is shown', async () => {
    known = [alert('new'), alert('old', ALERT_STAYS_MS - 1), alert('gone', ALERT_STAYS_MS)]
    await look()
    expect(heard).toEqual(['new Ring back', 'old Ring back'])
    expect(clock.waits()).toEqual([1])
    clock.advance(1)
    expect(changes).toBe(1)
    await look()
    expect(heard.at(-1)).toBe('no old')
    known = Array.from({ length: 9 }, (_, index) => alert(`n-${index}`))
    expect(alerts.apart()).toHaveLength(5)
  })

  it('has no timer left when its user has gone', async () => {
    known = [alert('a')]
    await look()
    alerts.close()
    await look()
    expect(clock.waits()).toEqual([])
  })
})
