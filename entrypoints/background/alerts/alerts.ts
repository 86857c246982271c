import type { Clock } from '../../../shared/clock.ts'
import { createQueue } from '../../../shared/queue.ts'
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import type { AlertSettings } from '../../lib/settings/settings.ts'
import type { Setting } from '../../lib/settings/validated-setting.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { dayEnd, nextDayEnd } from './day-end.ts'
import { listWaits, selectHoldSeverity, selectLongestHold, type Wait, type WaitKind } from './waits.ts'

/**
 * Reminds the person of what they would forget: a call on hold, one that rings for long, and by the end of the day the calls
 * that they missed and did not return. All by the relay's clock. Nothing but what was told already is remembered: a worker
 * that starts in the middle looks at the calls as they are, and goes on; the alarm that revives it has it look every half minute.
 */
export interface Alerts {
  /** The calls have changed, or are known at last. */
  refresh(): void
  /** How a call on hold is to be drawn: in amber, in red, or as always. */
  holdSeverityOf(telephonySessionId: string): HoldSeverity | undefined
  /** How long the call that was forgotten first has been on hold, ms; `undefined` while none is for too long. */
  longestHoldMs(): number | undefined
  close(): void
}

export type AlertKind = WaitKind | 'missed'
export type HoldSeverity = 'long' | 'tooLong'

export interface AlertsOptions {
  readonly settings: Pick<Setting<AlertSettings>, 'fallback' | 'getValue' | 'watch'>
  readonly calls: () => readonly CallRow[]
  /** Whether these are the calls as they are now: while the stream is down nobody knows what goes on. */
  readonly isCurrent: () => boolean
  /** How many calls of the day that began at `fromMs` were missed and not returned. */
  readonly countUnreturned: (fromMs: number) => Promise<number>
  readonly shown: ShownAlerts
  /** Relay's clock. */
  readonly clock: Pick<Clock, 'nowMs' | 'after'>
  readonly showWait: (kind: WaitKind, row: CallRow, waitedMs: number) => Promise<void>
  readonly showMissed: (count: number) => Promise<void>
  readonly clear: (kind: WaitKind, telephonySessionId: string) => Promise<void>
  /** A call is to be drawn in another way, or the badge is to say something else. */
  readonly onChange: () => void
}

/** What was told already, so that a worker that was ended meanwhile does not tell it again. */
export interface ShownAlerts {
  /** The waits that are notified of, as `kind:telephonySessionId`. */
  readonly waits: Kept<readonly string[]>
  /** The day's end, with its time, that was told of last. */
  readonly dayEndMs: Kept<number>
}

export interface Kept<T> {
  getValue(): Promise<T>
  setValue(value: T): Promise<void>
}

export function createAlerts(options: AlertsOptions): Alerts {
  const { calls, shown, clock } = options
  let settings = options.settings.fallback
  let isRead = false
  let drawn = ''
  let cancel = () => {}
  let isClosed = false
  // In order: what has ended must not be told after all.
  const telling = createQueue()

  const unwatch = options.settings.watch((next) => {
    settings = next
    refresh()
  })

  // Asked for every card that is drawn: worked out once for the calls as they are.
  let listed:
    | { readonly rows: readonly CallRow[]; readonly by: AlertSettings; readonly waits: readonly Wait[] }
    | undefined

  function waits(): readonly Wait[] {
    const rows = calls()
    if (listed?.rows !== rows || listed.by !== settings)
      listed = { rows, by: settings, waits: listWaits(rows, settings) }
    return listed.waits
  }

  function refresh(): void {
    if (isClosed || !options.isCurrent()) return
    const task = async () => {
      if (!isRead) settings = await options.settings.getValue()
      isRead = true
      if (isClosed || !options.isCurrent()) return
      await tellWaits()
      await tellDayEnd()
    }
    draw()
    schedule()
    telling.run(task).then(schedule, schedule)
  }

  function draw(): void {
    const now = clock.nowMs()
    const open = waits()
    const marks = open.flatMap(({ row: { telephonySessionId: id } }) => {
      const severity = selectHoldSeverity(open, id, now)
      return severity === undefined ? [] : `${id} ${severity}`
    })
    const longestMs = selectLongestHold(open, now)
    const next = longestMs === undefined ? '' : [...marks, Math.floor(longestMs / SECOND_MS)].join()
    if (next === drawn) return
    drawn = next
    options.onChange()
  }

  async function tellWaits(): Promise<void> {
    const now = clock.nowMs()
    const due = new Map(waits().flatMap((wait) => (wait.noticeMs <= now ? [[nameWait(wait), wait] as const] : [])))
    const before = await shown.waits.getValue()
    if (before.length === due.size && before.every((name) => due.has(name))) return
    // Written first: rather once too few than twice.
    await shown.waits.setValue([...due.keys()])
    for (const name of before.filter((one) => !due.has(one))) await clear(name)
    for (const [name, { kind, row, sinceMs }] of due)
      if (!before.includes(name)) await options.showWait(kind, row, now - sinceMs)
  }

  async function clear(name: string): Promise<void> {
    const [kind, ...id] = name.split(':')
    if (kind === 'hold' || kind === 'ring') await options.clear(kind, id.join(':'))
  }

  async function tellDayEnd(): Promise<void> {
    if (!settings.missedIsOn) return
    const endMs = dayEnd(clock.nowMs(), settings.missedMinute)
    if (clock.nowMs() < endMs || (await shown.dayEndMs.getValue()) === endMs) return
    await shown.dayEndMs.setValue(endMs)
    const count = await options.countUnreturned(dayEnd(clock.nowMs(), 0))
    if (count > 0) await options.showMissed(count)
  }

  /** Looks again at the next moment at which something is due. */
  function schedule(): void {
    cancel()
    if (isClosed) return
    const now = clock.nowMs()
    const endMs = dayEnd(now, settings.missedMinute)
    const moments = waits()
      .flatMap((wait) => [wait.noticeMs, wait.markedMs <= now ? nextStep(wait, now) : wait.markedMs])
      .concat(settings.missedIsOn ? [endMs, nextDayEnd(now, settings.missedMinute)] : [])
    const nextMs = Math.min(...moments.filter((ms) => ms > now))
    if (!Number.isFinite(nextMs)) return
    cancel = clock.after(nextMs - now, refresh)
  }

  return {
    refresh,
    holdSeverityOf: (telephonySessionId) => selectHoldSeverity(waits(), telephonySessionId, clock.nowMs()),
    longestHoldMs: () => (options.isCurrent() ? selectLongestHold(waits(), clock.nowMs()) : undefined),
    close: () => {
      isClosed = true
      cancel()
      unwatch()
    },
  }
}

function nameWait({ kind, row }: Wait): string {
  return `${kind}:${row.telephonySessionId}`
}

/** When the badge of a wait says the next thing: every second of the first minute, then every minute. */
function nextStep({ sinceMs }: Wait, nowMs: number): number {
  const waitedMs = nowMs - sinceMs
  const stepMs = waitedMs < MINUTE_MS ? SECOND_MS : MINUTE_MS
  return sinceMs + (Math.floor(waitedMs / stepMs) + 1) * stepMs
}
