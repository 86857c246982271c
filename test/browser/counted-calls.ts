import type { Page } from 'playwright-core'
import { selectView } from '../../shared/call/view.ts'
import { measureAgent } from '../../shared/metrics/agent.ts'
import { measureDistribution } from '../../shared/metrics/distribution.ts'
import { emptyTally, type FinishedCall, type Tally } from '../../shared/metrics/tally.ts'
import { selectAnsweredWithin } from '../../shared/metrics/tally-within.ts'
import { decodeNotification, type TelephonyNotification } from '../../shared/protocol/notification.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import { tallyBy } from '../support/tally-by.ts'
import { NO_TIMES } from '../support/times.ts'
import { followTold } from '../support/told.ts'

/** What delivered events come to for one person, counted apart from the extension, and what its pages should say of it. */

const TIME_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

export interface CountedCall extends FinishedCall {
  /** Where the test runs, as the browser does. */
  readonly day: string
}

export function dayOf(ms: number): string {
  return new Intl.DateTimeFormat('sv', { timeZone: TIME_ZONE }).format(ms)
}

/** The calls of these events that have ended, as the person counts them. */
export function countCalls(delivered: readonly object[], extensionId: string): readonly CountedCall[] {
  const told = delivered.flatMap((envelope): readonly TelephonyNotification[] => {
    const decoded = decodeNotification(envelope)
    return decoded.kind === 'telephony' ? [decoded.notification] : []
  })
  return followTold(told).flatMap(({ call }) => {
    const [view, figures] = [selectView(call, extensionId), measureAgent(call, extensionId)]
    if (view?.outcome === undefined || figures === undefined) return []
    const { startedMs, direction, outcome, queueName, counterpart } = view
    const times = {
      ...NO_TIMES,
      ringMs: figures.ring.ms,
      talkMs: figures.talk.ms,
      holdMs: figures.hold.ms,
      longestHoldMs: Math.max(0, ...figures.hold.stretches.map(({ from, to }) => to.timeMs - from.timeMs)),
    }
    const day = dayOf(startedMs)
    const { phoneNumber } = counterpart
    const isEstimate = false
    return { startedMs, direction, outcome, queueName, phoneNumber, ...times, isEstimate, day }
  })
}

export function tallyOf(calls: readonly FinishedCall[]): Tally {
  return tallyBy(calls, [], { timeZone: TIME_ZONE, country: 'US' }).get('[]')?.tally ?? emptyTally
}

/** `m:ss` or `h:mm:ss`, written here by itself. */
export function clock(ms: number): string {
  const pad = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(ms / HOUR_MS), Math.floor(ms / MINUTE_MS)]
  const seconds = pad(Math.floor(ms / SECOND_MS) % 60)
  return hours === 0 ? `${minutes}:${seconds}` : `${hours}:${pad(minutes % 60)}:${seconds}`
}

/** What the tiles of the reports say, by their names. */
export async function readReportTiles(page: Page): Promise<Record<string, string>> {
  const entries = await page
    .locator('.tile')
    .evaluateAll((tiles) =>
      tiles.map((one) => [(one as HTMLElement).dataset.name ?? '', one.querySelector('.figure')?.textContent ?? '']),
    )
  return Object.fromEntries(entries)
}

/** What they should say of these calls, answered within twenty seconds. */
export function expectedTiles(calls: readonly FinishedCall[]): Record<string, string> {
  const tally = tallyOf(calls)
  const share = selectAnsweredWithin(tally, 20 * SECOND_MS).shareOfOffered
  return {
    calls: tally.calls.toLocaleString('en'),
    answered: tally.answered.toLocaleString('en'),
    missed: tally.missed.toLocaleString('en'),
    within: share === undefined ? '–' : `${Math.floor(share * 100 + 1e-9)}%`,
    ring: clock(measureDistribution(tally.distributions.ring).sumMs),
    talk: clock(measureDistribution(tally.distributions.talk).sumMs),
    hold: clock(measureDistribution(tally.distributions.hold).sumMs),
    longestHold: clock(measureDistribution(tally.distributions.longestHold).longestMs ?? 0),
  }
}
