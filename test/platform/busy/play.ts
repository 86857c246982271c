import { createAgenda } from '../agenda.ts'
import { createLiveCalls } from '../calls/live-calls.ts'
import type { Happening } from '../calls/notification.ts'
import type { OutgoingEvent } from '../calls/outbox.ts'
import { createQueueDesk } from '../calls/queue-desk.ts'
import { createRandom } from '../calls/random.ts'
import type { DrawTiming } from '../calls/untidiness.ts'
import { createUntidyTiming } from '../calls/untidiness.ts'
import type { Company } from '../company.ts'
import { createDirectory } from '../directory.ts'
import { createJournal } from '../truth/journal.ts'
import { type Truth, tellTruth } from '../truth/truth.ts'
import { BUSY_NORTHWIND } from './company.ts'
import { beginBusyDay } from './day.ts'

export interface PlayOptions {
  readonly seed: number
  /** When the day begins, and when it is cut off; ms since the epoch. Calls that go on at its end stay open. */
  readonly fromMs: number
  readonly untilMs: number
  readonly company?: Company
  /** Extension ids of people whom nothing happens to. */
  readonly aside?: readonly string[]
}

/** A busy day as a list: nothing is served, and nothing waited for. */
export interface PlayedDay {
  /** In the order in which they happened. */
  readonly events: readonly Happening[]
  /** What is true when so many of them have happened. Today is everything since `fromMs`. */
  truthAt(position: number): Truth
}

/** Plays a busy day at once, on a clock of its own: an hour takes a fraction of a second. */
export function playBusyDay({ seed, fromMs, untilMs, company = BUSY_NORTHWIND, aside = [] }: PlayOptions): PlayedDay {
  const agenda = createAgenda<() => void>()
  let now = fromMs
  const nowMs = () => now
  const after = (ms: number, act: () => void): void => void agenda.add(now + ms, act)

  const journal = createJournal()
  const events: Happening[] = []
  const happen = ({ happening, fact }: OutgoingEvent): void => {
    events.push(happening)
    if (fact !== undefined) journal.record(fact)
  }
  const send = async (sent: readonly OutgoingEvent[]): Promise<void> => {
    for (const event of sent) {
      if (event.happensAfterMs <= 0) happen(event)
      else after(event.happensAfterMs, () => happen(event))
    }
  }

  let opened = 0
  const drawManner = (): { drawTiming: DrawTiming; callerNameFromSequence: number } => {
    const random = createRandom(Math.imul(seed, 0x9e3779b1) + opened++)
    return { drawTiming: createUntidyTiming(random), callerNameFromSequence: random.integer(4, 6) }
  }
  const calls = createLiveCalls({ outbox: { send, sendAtOnce: send }, nowMs, drawManner })
  const directory = createDirectory(company)
  const desk = createQueueDesk({ calls, directory, nowMs, later: after })
  beginBusyDay({ calls, desk, company, after, seed, aside: new Set(aside) })

  for (let due = agenda.takeDue(untilMs); due !== undefined; due = agenda.takeDue(untilMs)) {
    now = due.dueMs
    due.act()
  }
  return {
    events,
    truthAt: (position) => tellTruth(journal.facts(position), { queues: company.queues, daySinceMs: fromMs }),
  }
}
