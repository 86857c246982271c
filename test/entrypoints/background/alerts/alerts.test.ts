import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Alerts, createAlerts, type ShownAlerts } from '../../../../entrypoints/background/alerts/alerts.ts'
import type { AlertSettings } from '../../../../entrypoints/lib/settings/settings.ts'
import type { CallRow } from '../../../../entrypoints/lib/store/schema.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../../shared/time.ts'
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts'
import { buildRow } from '../../lib/store/row.ts'

const USUAL: AlertSettings = {
  holdIsOn: true,
  holdBadgeSeconds: 60,
  holdNoticeSeconds: 120,
  ringIsOn: true,
  ringSeconds: 30,
  missedIsOn: true,
  missedMinute: 17 * 60,
  voicemailsToReturn: true,
}
/** Noon where the test runs, so that the day's end is far away. */
const NOON_MS = new Date(2026, 5, 1, 12).getTime()
const DELAY_MS = 40

let clock: ManualClock
let alerts: Alerts
let rows: readonly CallRow[]
let settings: AlertSettings
let change: (next: AlertSettings) => void
let shown: ShownAlerts
let isCurrent: boolean
let unreturned: number
/** What was shown and cleared, in order. */
let log: readonly string[]
let drawn: readonly (number | undefined)[]

const kept = <T>(initial: T) => {
  let value = initial
  return {
    getValue: async () => value,
    setValue: async (next: T) => {
      value = next
    },
  }
}
/** What was begun is done after a few turns: nothing in these tests takes time. */
const settle = async () => {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve()
}

beforeEach(() => {
  rows = []
  settings = USUAL
  shown = { waits: kept<readonly string[]>([]), dayEndMs: kept(0) }
  isCurrent = true
  unreturned = 0
  log = []
  drawn = []
  clock = createManualClock(NOON_MS, settle)
  alerts = begin()
})
afterEach(() => alerts.close())

/** Alerts as a worker has them that has just been started. */
function begin(): Alerts {
  const made: Alerts = createAlerts({
    settings: {
      fallback: USUAL,
      getValue: async () => settings,
      watch: (listener) => {
        change = (next) => {
          settings = next
          listener(next)
        }
        return () => undefined
      },
    },
    calls: () => rows,
    isCurrent: () => isCurrent,
    countUnreturned: async () => unreturned,
    shown,
    clock,
    showWait: async (kind, { telephonySessionId }, waitedMs) => {
      log = [...log, `${kind} ${telephonySessionId} ${waitedMs}`]
    },
    showMissed: async (count) => {
      log = [...log, `missed ${count}`]
    },
    clear: async (kind, telephonySessionId) => {
      log = [...log, `no ${kind} ${telephonySessionId}`]
    },
    onChange: () => {
      drawn = [...drawn, made.longestHoldMs()]
    },
  })
  return made
}

const call = (fields: Partial<CallRow>) =>
  buildRow({ telephonySessionId: 's-1', outcome: undefined, active: 1, delayMs: DELAY_MS, ...fields })
/** On hold since noon by the relay's clock. */
const held = () => call({ phase: 'onHold', phaseSinceMs: NOON_MS - DELAY_MS })
const have = async (...next: readonly CallRow[]) => {
  rows = next
  alerts.refresh()
  await settle()
}
const at = (ms: number) => clock.moveTo(NOON_MS + ms)

describe('a call that is forgotten on hold', () => {
  it('is marked after the one time and told of after the other, once', async () => {
    await have(held())
    await at(59_999)
    expect([alerts.longestHoldMs(), alerts.holdSeverityOf('s-1'), drawn]).toEqual([undefined, undefined, []])
    await at(60_000)
    expect([alerts.longestHoldMs(), alerts.holdSeverityOf('s-1'), drawn]).toEqual([60_000, 'long', [60_000]])
    await at(119_999)
    expect(log).toEqual([])
    await at(120_000)
    expect([alerts.holdSeverityOf('s-1'), log]).toEqual(['tooLong', ['hold s-1 120000']])
    await at(10 * MINUTE_MS)
    expect(log).toHaveLength(1)
    expect(drawn.at(-1)).toBe(10 * MINUTE_MS)
  })

  it('is let alone when it is taken up again, and told of anew the next time', async () => {
    await have(held())
    await at(120_000)
    await have(call({ phase: 'talking', phaseSinceMs: NOON_MS + 120_000 }))
    expect([alerts.longestHoldMs(), log.at(-1)]).toEqual([undefined, 'no hold s-1'])
    await at(HOUR_MS)
    expect(log).toHaveLength(2)
    await have(call({ phase: 'onHold', phaseSinceMs: NOON_MS + HOUR_MS - DELAY_MS }))
    await at(HOUR_MS + 120_000)
    expect(log.at(-1)).toBe('hold s-1 120000')
  })

  it('is told of by a worker that starts in the middle, and not by one that starts after', async () => {
    await have(held())
    await at(90_000)
    alerts.close()
    alerts = begin()
    await have(held())
    expect(alerts.longestHoldMs()).toBe(90_000)
    await at(125_000)
    expect(log).toEqual(['hold s-1 120000'])
    alerts.close()
    alerts = begin()
    await have(held())
    await at(300_000)
    expect(log).toHaveLength(1)
  })

  it('says every second how long, where the person wants to know within the first minute', async () => {
    settings = { ...USUAL, holdBadgeSeconds: 2 }
    await have(held())
    await at(4 * SECOND_MS)
    expect(drawn).toEqual([2000, 3000, 4000])
  })

  it('is nothing to tell while the stream is down: nobody knows whether it still waits', async () => {
    await have(held())
    isCurrent = false
    await at(300_000)
    expect([log, alerts.longestHoldMs()]).toEqual([[], undefined])
    isCurrent = true
    await have(held())
    expect(log).toEqual(['hold s-1 300000'])
  })

  it('is nothing to tell for who has switched that off, also afterwards', async () => {
    await have(held())
    await at(120_000)
    change({ ...USUAL, holdIsOn: false })
    await settle()
    expect([alerts.longestHoldMs(), alerts.holdSeverityOf('s-1')]).toEqual([undefined, undefined])
    expect(log).toEqual(['hold s-1 120000', 'no hold s-1'])
  })
})

describe('a phone that rings for long', () => {
  const rings = (fields: Partial<CallRow> = {}) =>
    call({ phase: 'ringing', phaseSinceMs: NOON_MS - DELAY_MS, ...fields })

  it('is told of, and not any more when it is answered', async () => {
    await have(rings())
    await at(30_000)
    expect([log, alerts.longestHoldMs()]).toEqual([['ring s-1 30000'], undefined])
    await have(call({ phase: 'talking' }))
    expect(log.at(-1)).toBe('no ring s-1')
  })

  it('is nothing to tell when the person has put its card away, or calls themselves', async () => {
    await have(
      rings({ telephonySessionId: 's-1', isDismissed: true }),
      rings({ telephonySessionId: 's-2', phase: 'calling' }),
    )
    await at(HOUR_MS)
    expect(log).toEqual([])
  })
})

describe('the end of the day', () => {
  it('tells once how many missed calls wait, by the clock on the wall', async () => {
    unreturned = 2
    await have()
    await at(5 * HOUR_MS - 1)
    expect(log).toEqual([])
    await at(5 * HOUR_MS)
    expect(log).toEqual(['missed 2'])
    alerts.close()
    alerts = begin()
    await have()
    await at(11 * HOUR_MS)
    expect(log).toHaveLength(1)
    await clock.moveTo(new Date(2026, 5, 2, 17).getTime())
    expect(log).toEqual(['missed 2', 'missed 2'])
  })

  it('is told of late to who was not there, and says nothing when nothing waits', async () => {
    await at(7 * HOUR_MS)
    await have()
    expect(log).toEqual([])
    unreturned = 1
    await have()
    expect(log).toEqual([])
    await clock.moveTo(new Date(2026, 5, 2, 20).getTime())
    expect(log).toEqual(['missed 1'])
  })

  it('comes again the same day when the person chooses a later time', async () => {
    unreturned = 1
    await have()
    await at(5 * HOUR_MS)
    change({ ...USUAL, missedMinute: 18 * 60 })
    await at(6 * HOUR_MS)
    expect(log).toEqual(['missed 1', 'missed 1'])
  })
})
