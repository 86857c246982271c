import type { News } from '../../../shared/call/difference.ts'
import type { Announcement, Connection } from '../../lib/contract/messages.ts'
import type { CardCommand } from '../../lib/contract/ports.ts'
import type { CrmEdits } from '../../lib/crm/site.ts'
import { createRelayClient } from '../../lib/relay/relay-client.ts'
import { createRelayClock } from '../../lib/relay/relay-clock.ts'
import type { RelaySocketOptions } from '../../lib/relay/relay-socket.ts'
import { userCountry } from '../../lib/settings/country.ts'
import type { Dialling } from '../../lib/settings/settings.ts'
import type { PersonStore } from '../../lib/store/open.ts'
import { readCall } from '../../lib/store/read.ts'
import type { CallRow, SignIn } from '../../lib/store/schema.ts'
import { STORE_TIMEOUT_MS, within } from '../../lib/store/within.ts'
import { language } from '../../lib/wording/labels.ts'
import type { KeptRights } from '../actions/rights.ts'
import { createUserActions } from '../actions/user-actions.ts'
import { createRingNews } from '../alerts/ring-news.ts'
import { createRuleAlerts } from '../alerts/rule-alerts.ts'
import { createRuleNotifications } from '../alerts/rule-notifications.ts'
import { shownAlerts } from '../alerts/shown-alerts.ts'
import { createUserAlerts } from '../alerts/user-alerts.ts'
import { createAlertCallers } from '../caller/alert-callers.ts'
import { createKeepsakes } from '../caller/keepsakes.ts'
import { createKnowledge } from '../caller/knowledge.ts'
import { createNotes } from '../caller/notes.ts'
import type { EndedStay } from '../calls/ended-stay.ts'
import { nameNotice } from '../calls/rule-notices.ts'
import { createUserCalls } from '../calls/user-calls.ts'
import { createMatches } from '../crm/matches.ts'
import type { PageNumbers } from '../crm/page-numbers.ts'
import { createSeenRecords } from '../crm/seen-records.ts'
import { tabOpener } from '../crm/tab-opener.ts'
import { createUserCrm } from '../crm-record/user-crm.ts'
import type { CardsInUse } from '../pages/cards-in-use.ts'
import type { PageFacts } from '../pages/open-pages.ts'
import { createUserRetention } from '../retention/user-retention.ts'
import { createUserStream } from '../stream/user-stream.ts'
import { createCardMessages } from './card-messages.ts'
import { createUserCards, type UserCards } from './cards.ts'

/** What a user's parts are made of, and whom they tell. */
/** What the parts need of the browser; tests hand in their own. */
export interface UserRuntime extends Pick<RelaySocketOptions, 'clock' | 'connect' | 'random'> {
  readonly fetch: typeof fetch
}

export interface UserOptions {
  readonly signIn: SignIn
  /** Name and version of this client, for the relay's hello. */
  readonly client: string
  readonly runtime: UserRuntime
  readonly dialling: () => Dialling
  /** This phone rings first from now on when the user calls somebody. */
  readonly choosePhone: (deviceId: string) => void
  readonly keptRights: KeptRights
  readonly numbers: Pick<PageNumbers, 'of' | 'all'>
  readonly crmEdits: () => CrmEdits
  readonly inUse: Pick<CardsInUse, 'has' | 'hasOn'>
  readonly endedStay: EndedStay
  /** Whether the last digits of numbers are hidden. */
  readonly isMasking: () => boolean
  /** Answers the card on one page. */
  readonly tell: (page: PageFacts, command: CardCommand) => void
  /** Draws the cards; called whenever they have changed. */
  readonly draw: (cards: UserCards) => void
  /** Called when a call changes in a way worth a notification; never while catching up. */
  readonly onNews: (row: CallRow, news: readonly News[]) => void
  readonly onStored: () => void
  /** What the user wrote down or brought has changed in the store. */
  readonly onKept: (what: Extract<Announcement, 'notes' | 'contacts'>) => void
  readonly onStatus: () => void
  /** What is known of the CRM has changed. */
  readonly onCrm: () => void
  /** Who the user is, as the relay tells it with each connection. */
  readonly onUser: (user: SignIn['user']) => void
  /** The store takes nothing in. Calls go on being shown from memory; the caller closes this user and tries again later. */
  readonly onBroken: (error: unknown) => void
}

export interface PartsOptions extends UserOptions {
  /** Resolves when numbers can be read. */
  readonly numbersReadable: Promise<void>
}

/** What parts tell the user they belong to; none calls before all parts exist. */
export interface PartEvents {
  /** What is on cards has changed. */
  readonly onShown: () => void
  /** What may be done with calls, or what they are reminded of, has changed. */
  readonly onOffered: () => void
  readonly onNews: (row: CallRow, news: readonly News[]) => void
  readonly onStored: () => void
  /** What is old was let go, or there is no room for more, or there is again. */
  readonly onRetention: () => void
  readonly onConnection: (connection: Connection) => void
  /** What the CRM knows of the calls on cards has changed, or their records there. */
  readonly onCrm: () => void
  /** Receives work that fails when the store refuses. */
  readonly onWork: (work: Promise<unknown>) => void
}

export type Parts = ReturnType<typeof createParts>

/** Creates the parts of a user. None uses another before all of them exist. */
export function createParts(store: PersonStore, options: PartsOptions, events: PartEvents) {
  const { signIn, runtime, inUse, endedStay, isMasking, dialling, choosePhone } = options
  const { relayUrl, user } = signIn
  const country = userCountry()
  const relay = createRelayClient(signIn, runtime)
  const clock = createRelayClock(runtime.clock)
  const findStored = (telephonySessionId: string) => readCall(store, telephonySessionId)

  const retention = createUserRetention(store, { clock, name: user.name, onChange: events.onRetention })
  const { retryAfterFreeingSpace } = retention
  const calls = createUserCalls({
    ...{ store, retryAfterFreeingSpace, clock, relayUrl, endedStay },
    extensionId: user.extensionId,
    numbersReadable: options.numbersReadable,
    isInUse: inUse.has,
    onShown: events.onShown,
    onNews: events.onNews,
    onStored: events.onStored,
    onWork: events.onWork,
  })
  const ringNews = createRingNews({
    shown: shownAlerts.ringing,
    findCall: (id) => within(STORE_TIMEOUT_MS, findStored(id)),
    onNews: options.onNews,
  })
  const knowledge = createKnowledge({ store, language: language(), onChanged: events.onShown })
  const notes = createNotes({
    ...{ store, retryAfterFreeingSpace, clock: runtime.clock },
    findCall: async (id) => cards.find(id) ?? findStored(id),
    areForCrm: () => crm.wantsNotes(),
    onChanged: events.onShown,
  })
  const keepsakes = createKeepsakes({
    ...{ store, retryAfterFreeingSpace, notes, knowledge, calls: calls.active, onKept: options.onKept },
    onNote: () => crm.sendNotes(),
  })
  const crm = createUserCrm({
    ...{ store, relay, clock: runtime.clock },
    onChanged: events.onCrm,
    onNames: events.onStored,
  })
  const actions = createUserActions({
    ...{ signIn, store, country, isMasking, dialling, choosePhone },
    clock: runtime.clock,
    client: relay,
    keptRights: options.keptRights,
    onChange: events.onOffered,
  })
  const alerts = createUserAlerts(store, {
    clock,
    isMasking,
    calls: calls.active,
    isCurrent: () => stream.connection().state === 'live',
    name: async (row) => {
      await knowledge.read([row])
      return cards.named(row)
    },
    onChange: events.onOffered,
  })
  const alertCallers = createAlertCallers({ store, isMasking, onChanged: events.onShown })
  const ruleAlerts = createRuleAlerts({
    clock,
    alerts: calls.notices.alerts,
    calls: calls.active,
    isCurrent: () => stream.connection().state === 'live',
    shown: shownAlerts.byRules,
    nameOf: nameNotice,
    ...createRuleNotifications(alertCallers.whenRead),
    onChange: events.onOffered,
  })
  const matches = createMatches({
    country,
    pages: options.numbers,
    edits: options.crmEdits,
    seen: createSeenRecords(store, events.onShown),
    calls: () => cards.shown(),
    choose: (telephonySessionId, chosenUrl) => calls.mark(telephonySessionId, { chosenUrl }),
    tabs: tabOpener,
    clock: runtime.clock,
  })
  const stream = createUserStream({
    ...runtime,
    signIn,
    relay,
    client: options.client,
    store,
    calls,
    relayClock: clock,
    endedCardMs: endedStay.ms,
    onConnection: events.onConnection,
    onStatus: options.onStatus,
    onUser: options.onUser,
    onWork: events.onWork,
  })
  const cards = createUserCards({
    ...{ calls, knowledge, notes, actions, alerts, ruleAlerts, alertCallers, matches, crm, stream, inUse, isMasking },
    clock,
  })
  const receive = createCardMessages({
    ...{ cards, actions, matches, crm, notes, keepsakes, tell: options.tell },
    openBeside: tabOpener.open,
    leaveAlert: calls.endAlert,
  })
  return {
    stream,
    calls,
    cards,
    receive,
    actions,
    alerts,
    ruleAlerts,
    matches,
    crm,
    knowledge,
    notes,
    keepsakes,
    retention,
    ringNews,
  }
}
