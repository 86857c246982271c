import { figuresOfCalls, measureCalls } from '../../../entrypoints/reports/figures.ts'
import { resolveRange } from '../../../entrypoints/reports/range.ts'
import { describeCalls } from '../../../entrypoints/reports/report-call.ts'
import { createCalendar } from '../../../shared/metrics/tally-calendar.ts'
import { listRows } from '../../year/rows.ts'
import { planYear } from '../../year/year.ts'
import { serveRequests } from '../serve-requests.ts'

/** A year of so many calls: what it costs to add up each of them, as a changed filter does. */

export interface CallsRequest {
  readonly calls: number
}

export interface CallsAnswer {
  /** µs of this thread's own work, for a call. */
  readonly callUs: number
}

const FROM_MS = Date.UTC(2026, 0, 1)
const DAYS = 365
const EXTENSION_ID = '400102'
/** As many calls are told by their events; the rest are these again, each with an id of its own. */
const TOLD_CALLS = 1000
const ADDED_UP_CALLS = 200_000

serveRequests<CallsRequest, CallsAnswer>(async ({ calls }) => {
  const told = listRows(
    planYear({ calls: Math.min(calls, TOLD_CALLS), seed: 18, fromMs: FROM_MS, days: DAYS, extensionId: EXTENSION_ID }),
    EXTENSION_ID,
  )
  const rows = Array.from({ length: calls }, (_, index) => {
    const row = told[index % told.length]
    if (row === undefined) throw new Error('a year should have calls')
    return { ...row, telephonySessionId: `${row.telephonySessionId}-${index}` }
  })
  const calendar = createCalendar('UTC')
  const span = resolveRange({ kind: 'own', fromDay: '2026-01-01', toDay: '2026-12-31' }, '2026-12-31', calendar).now
  const addUp = () => {
    const described = describeCalls(rows, calendar)
    const { tally } = figuresOfCalls(described, span)
    measureCalls(described, new Map(), true)
    if (tally.calls !== described.length) throw new Error('every call should be counted once')
  }
  const times = Math.ceil(ADDED_UP_CALLS / calls)
  // Compiled before the clock runs.
  for (let time = 0; time < times; time += 1) addUp()
  const before = process.threadCpuUsage()
  for (let time = 0; time < times; time += 1) addUp()
  const { user, system } = process.threadCpuUsage(before)
  return { callUs: (user + system) / times / calls }
})
