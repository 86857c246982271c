import type { Clock } from '../../../shared/clock.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import { nameCall, nameConference } from '../../lib/caller/caller-name.ts'
import type { AlertApart, CardCall, LiveCall } from '../../lib/contract/card-call.ts'
import type { CardSnapshot } from '../../lib/contract/ports.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { within } from '../../lib/store/within.ts'
import type { UserActions } from '../actions/user-actions.ts'
import type { Alerts } from '../alerts/alerts.ts'
import type { BadgeFacts } from '../alerts/badge.ts'
import type { RuleAlerts } from '../alerts/rule-alerts.ts'
import type { AlertCallers } from '../caller/alert-callers.ts'
import type { Knowledge } from '../caller/knowledge.ts'
import type { Notes } from '../caller/notes.ts'
import type { Calls } from '../calls/calls.ts'
import { drawCard, nameForReading } from '../calls/card-call.ts'
import type { CallMarks } from '../calls/card-changes.ts'
import { nameNotice } from '../calls/rule-notices.ts'
import type { Matches } from '../crm/matches.ts'
import type { UserCrm } from '../crm-record/user-crm.ts'
import type { CardsInUse } from '../pages/cards-in-use.ts'
import type { PageFacts } from '../pages/open-pages.ts'
import type { UserStream } from '../stream/user-stream.ts'

/** The user's calls as cards show them, and what is done to these cards. */
export interface UserCards {
  /** The calls may be drawn now, and from now on: before, nobody knows what goes on. */
  reveal(): void
  /** What is on the page's card; `undefined` while it is not known yet. */
  on(page: PageFacts): CardsOnPage | undefined
  /** Calls on cards, before it is said on which page. */
  shown(): readonly CallRow[]
  /** Calls as they are now; none while nobody knows how they are. */
  current(): readonly CallRow[]
  /** Calls that go on, as the popup lists them. */
  live(): readonly LiveCall[]
  /** The same with whom they are, for who asks once: a call without a card is not drawn again when that has been read. */
  liveNamed(): Promise<readonly LiveCall[]>
  /** Alerts of rules about calls that are not the user's. */
  alerts(): readonly AlertApart[]
  /** A call that is live or whose card is still up. */
  find(telephonySessionId: string): CallRow | undefined
  /** The call under the name by which its caller is known by now. */
  named(row: CallRow): CallRow
  /** What the toolbar tells. */
  counts(): BadgeFacts
  mark(telephonySessionId: string, marks: CallMarks): Promise<void>
  /** Folds the first card that is up to a line, or unfolds it. */
  toggleFold(): Promise<void>
  /** Brings back the card that was put away last, if its call still has one. */
  showAgain(): Promise<void>
}

export type CardsOnPage = Pick<CardSnapshot, 'calls' | 'alerts' | 'lostSinceMs' | 'dial'>

/** The parts whose facts are on cards. */
export interface CardsOptions {
  readonly calls: Pick<Calls, 'active' | 'mark' | 'missedUnseen' | 'notices'>
  readonly knowledge: Pick<Knowledge, 'of' | 'read'>
  readonly notes: Pick<Notes, 'of'>
  readonly actions: Pick<UserActions, 'offered' | 'callerOf' | 'dial'>
  readonly alerts: Pick<Alerts, 'holdSeverityOf' | 'longestHoldMs'>
  readonly ruleAlerts: Pick<RuleAlerts, 'apart'>
  readonly alertCallers: Pick<AlertCallers, 'name'>
  readonly matches: Pick<Matches, 'of'>
  readonly crm: Pick<UserCrm, 'of'>
  readonly stream: Pick<UserStream, 'connection'>
  readonly inUse: Pick<CardsInUse, 'hasOn'>
  /** Whether the last digits of numbers are hidden. */
  readonly isMasking: () => boolean
  /** Relay's clock. */
  readonly clock: Pick<Clock, 'nowMs'>
}

/** More than anybody can look at: a flood of calls must not take the pages with it. */
const MAX_CARDS = 12
/** A store answers in milliseconds; one that does not is no reason to show no calls. */
const NAMING_MS = SECOND_MS

export function createUserCards(options: CardsOptions): UserCards {
  const { calls, knowledge, notes, actions, alerts, matches, stream, inUse, isMasking } = options
  let isRevealed = false
  let lastPutAway: string | undefined

  function shown(): readonly CallRow[] {
    return calls
      .active()
      .filter(({ isDismissed }) => !isDismissed)
      .slice(0, MAX_CARDS)
  }

  /** What is in use on a page stays there, also when it was put away elsewhere. */
  function shownOn({ documentId }: PageFacts): readonly CallRow[] {
    const usual = new Set(shown())
    return calls.active().filter((row) => usual.has(row) || inUse.hasOn(documentId, row.telephonySessionId))
  }

  function named(row: CallRow): CallRow {
    return nameCall(row, knowledge.of(row)?.names)
  }

  /** `page`: the one that the card is on; none for the popup. */
  function describe(row: CallRow, page: PageFacts | undefined): CardCall {
    const others = row.conferenceWith === undefined ? [] : calls.active().map(named)
    return drawCard(nameConference(row, others), options.clock.nowMs(), {
      match: page && matches.of(named(row), page),
      crm: options.crm.of(row),
      known: knowledge.of(row),
      note: notes.of(row.telephonySessionId),
      actions: offered(row),
      notices: calls.notices.of(row),
      holdSeverity: alerts.holdSeverityOf(row.telephonySessionId),
      isMasking: isMasking(),
    })
  }

  function offered(row: CallRow): CardCall['actions'] {
    const caller = actions.callerOf(row)
    return caller === undefined
      ? actions.offered(row)
      : { ...actions.offered(row), questionFor: nameForReading(named(caller), isMasking()) }
  }

  function alertsApart(): readonly AlertApart[] {
    return options.ruleAlerts.apart().map((alert) => ({
      name: nameNotice(alert),
      rule: alert.rule,
      text: alert.text ?? '',
      caller: options.alertCallers.name(alert),
      atMs: alert.receivedMs,
    }))
  }

  function lostSinceMs(): number | undefined {
    const connection = stream.connection()
    return connection.state === 'lost' ? connection.sinceMs : undefined
  }

  function listLive(): readonly CallRow[] {
    return calls.active().filter(({ phase }) => phase !== 'ended')
  }

  function live(): readonly LiveCall[] {
    return listLive().map((row) => {
      const { whispers: _, ...call } = describe(row, undefined)
      return { ...call, isDismissed: row.isDismissed }
    })
  }

  function mark(telephonySessionId: string, marks: CallMarks): Promise<void> {
    if (marks.isDismissed === true) lastPutAway = telephonySessionId
    return calls.mark(telephonySessionId, marks)
  }

  return {
    reveal: () => {
      isRevealed = true
    },
    on: (page) => {
      if (!isRevealed) return undefined
      const cards = shownOn(page).map((row) => describe(row, page))
      const apart = alertsApart()
      return {
        calls: cards,
        ...(apart.length === 0 ? {} : { alerts: apart }),
        lostSinceMs: lostSinceMs(),
        dial: actions.dial.on(page.documentId),
      }
    },
    shown,
    current: () => (isRevealed && stream.connection().state === 'live' ? calls.active() : []),
    live,
    liveNamed: async () => {
      await within(NAMING_MS, knowledge.read(listLive())).catch(() => undefined)
      return live()
    },
    alerts: () => (isRevealed ? alertsApart() : []),
    find: (id) => calls.active().find(({ telephonySessionId }) => telephonySessionId === id),
    named,
    counts: () => {
      const ringing = calls.active().filter(({ phase, isDismissed }) => phase === 'ringing' && !isDismissed)
      const missed = calls.missedUnseen()
      if (!isRevealed) return { ringing: 0, heldMs: undefined, missed }
      return { ringing: ringing.length, heldMs: alerts.longestHoldMs(), missed }
    },
    mark,
    toggleFold: async () => {
      const row = shown()[0]
      if (row !== undefined) await mark(row.telephonySessionId, { isFolded: !row.isFolded })
    },
    showAgain: async () => {
      const away = calls.active().filter(({ isDismissed }) => isDismissed)
      // After the worker was ended nobody knows which was the last: then the first in order.
      const row = away.find(({ telephonySessionId }) => telephonySessionId === lastPutAway) ?? away[0]
      if (row !== undefined) await mark(row.telephonySessionId, { isDismissed: false })
    },
  }
}
