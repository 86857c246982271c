import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { browser } from 'wxt/browser'
import type { Returned } from '../../shared/metrics/returned.ts'
import type { Tally } from '../../shared/metrics/tally.ts'
import type { User } from '../../shared/protocol/wire.ts'
import { type NamedCall, nameCall } from '../lib/caller/caller-name.ts'
import { readNames } from '../lib/caller/read-names.ts'
import type { CallAction } from '../lib/contract/call-actions.ts'
import type { AlertApart, LiveCall } from '../lib/contract/card-call.ts'
import type { SignInProblem, Status } from '../lib/contract/messages.ts'
import { interrupted, listenToAnnouncements, sendMessage } from '../lib/contract/messages.ts'
import type { Suggestion } from '../lib/contract/ports.ts'
import { followStatus } from '../lib/signals/follow-status.ts'
import { followUser } from '../lib/signals/follow-user.ts'
import { followVoicemailsToReturn } from '../lib/signals/follow-voicemails-to-return.ts'
import { followDayContext } from '../lib/store/day-context.ts'
import { isFinished } from '../lib/store/finished.ts'
import { openReadableStore, type ReadableStore } from '../lib/store/open.ts'
import { readCallsSince, readLastCalls } from '../lib/store/read.ts'
import { readReturned } from '../lib/store/returned.ts'
import type { CallRow } from '../lib/store/schema.ts'
import { startOfDay } from '../lib/wording/format.ts'
import { language } from '../lib/wording/labels.ts'
import { readToday } from './today.ts'

/**
 * The popup's state; `undefined` means not read yet. Figures come from the store without waiting for the background;
 * only live calls are requested from it.
 */
export interface PopupModel {
  readonly status: ReadonlySignal<Status | undefined>
  /** Who is signed in, and their store. */
  readonly person: ReadonlySignal<OpenPerson | undefined>
  readonly live: ReadonlySignal<readonly LiveCall[]>
  /** When `live` came, by `performance.now()`. */
  readonly liveReceivedMs: ReadonlySignal<number>
  /** Alerts of rules about calls in which the person has no part, the latest first. */
  readonly alerts: ReadonlySignal<readonly AlertApart[]>
  /** Today's calls, those that have ended. */
  readonly today: ReadonlySignal<Tally | undefined>
  readonly lastCalls: ReadonlySignal<readonly NamedCall[] | undefined>
  /** Of the missed ones among the last calls and today's: how each was returned, `undefined` of one that was not. */
  readonly returned: ReadonlySignal<ReadonlyMap<string, Returned | undefined>>
  /** Whether callers who reached the voicemail count as to be called back. */
  readonly withVoicemails: ReadonlySignal<boolean>
  /** The figure of today whose calls are listed. */
  readonly chosen: ReadonlySignal<TodayFigure | undefined>
  /** Today's calls that have ended, while something of today is chosen. */
  readonly todaysCalls: ReadonlySignal<readonly NamedCall[]>
  readonly signInProblem: ReadonlySignal<SignInProblem | undefined>
  /** Shows the calls behind a figure of today, or the last calls again. */
  choose(figure: TodayFigure | undefined): Promise<void>
  signIn(): Promise<void>
  showCard(telephonySessionId: string): Promise<void>
  /** Puts an alert away, here and on every page. */
  leaveAlert(name: string): Promise<void>
  /** Sends a request about a call; its result comes with the live calls. */
  act(telephonySessionId: string, action: CallAction): Promise<void>
  /** Suggestions of whom to give a call to, for the typed text. */
  suggest(telephonySessionId: string, query: string): Promise<readonly Suggestion[]>
  openReports(): void
  /** The board as a page of its own. */
  openBoard(): void
  /** The board at the side of the page; only while a click is handled. */
  openBoardAtSide(): void
  openSettings(): void
}

export type TodayFigure = 'calls' | 'answered' | 'missed' | 'other' | 'ring' | 'talk' | 'hold'

export interface OpenPerson {
  readonly user: User
  readonly store: ReadableStore
}

const LAST_CALLS = 30
const dayContext = followDayContext()

export function createPopupModel(): PopupModel {
  const status = followStatus()
  const signedIn = followUser()
  const person = signal<OpenPerson>()
  const live = signal<readonly LiveCall[]>([])
  const alerts = signal<readonly AlertApart[]>([])
  const liveReceivedMs = signal(0)
  const today = signal<Tally>()
  const lastCalls = signal<readonly NamedCall[]>()
  const returned = signal<ReadonlyMap<string, Returned | undefined>>(new Map())
  const withVoicemails = followVoicemailsToReturn()
  const chosen = signal<TodayFigure>()
  const todaysCalls = signal<readonly NamedCall[]>([])
  const signInProblem = signal<SignInProblem>()

  /** Closed at once, so that one person's store is never shown under another's name. */
  async function openStoreOf(user: User | undefined): Promise<void> {
    const before = person.peek()
    if (isSame(before?.user, user)) {
      // The same person, perhaps under another name or with other rights.
      if (before !== undefined && user !== undefined) person.value = { ...before, user }
      return
    }
    before?.store.close()
    person.value = user && { user, store: await openReadableStore(user) }
    if (user === undefined) {
      live.value = []
      alerts.value = []
      today.value = undefined
      lastCalls.value = undefined
    } else await readCalls()
  }

  async function readCalls(): Promise<void> {
    const open = person.value
    if (open === undefined) return
    const [tally, last, ofToday] = await Promise.all([
      readToday(open.store, dayContext(), Date.now()),
      readLastCalls(open.store, LAST_CALLS),
      chosen.value === undefined ? [] : readCallsSince(open.store, startOfDay(Date.now())),
    ])
    const rows = [...last, ...ofToday].filter(isOver)
    const [found, names] = await Promise.all([readReturned(open.store, rows), readNames(open.store, rows, language())])
    const named = (row: CallRow) => nameCall(row, row.numberKey === undefined ? undefined : names.get(row.numberKey))
    if (person.value?.store !== open.store) return
    returned.value = found
    today.value = tally
    lastCalls.value = last.filter(isOver).map(named)
    todaysCalls.value = ofToday.filter(isFinished).map(named)
  }

  async function readLive(): Promise<void> {
    live.value = await sendMessage('getLiveCalls').catch(() => live.value)
    liveReceivedMs.value = performance.now()
    alerts.value = await sendMessage('getAlerts').catch(() => alerts.value)
  }

  listenToAnnouncements((announcement) => {
    if (announcement === 'contacts') void readCalls()
    if (announcement !== 'calls') return
    void readCalls()
    void readLive()
  })
  effect(() => {
    if (signedIn.value !== undefined) void openStoreOf(signedIn.value ?? undefined)
  })
  void readLive()
  // Known beforehand: Chrome opens the side only while it handles a click.
  let ownWindowId: number | undefined
  void browser.windows.getCurrent().then(({ id }) => {
    ownWindowId = id
  })
  void sendMessage('seeMissed').catch(interrupted)

  return {
    status,
    person,
    live,
    alerts,
    liveReceivedMs,
    today,
    lastCalls,
    returned,
    withVoicemails,
    chosen,
    todaysCalls,
    signInProblem,
    choose: async (figure) => {
      chosen.value = figure
      await readCalls()
    },
    signIn: async () => {
      signInProblem.value = undefined
      signInProblem.value = await sendMessage('signIn').catch(interrupted)
    },
    showCard: async (telephonySessionId) => {
      await sendMessage('setDismissed', { telephonySessionId, isDismissed: false }).catch(interrupted)
    },
    act: async (telephonySessionId, action) => {
      await sendMessage('act', { telephonySessionId, action }).catch(interrupted)
    },
    leaveAlert: async (name) => {
      await sendMessage('leaveAlert', name).catch(interrupted)
    },
    suggest: (telephonySessionId, query) => sendMessage('suggest', { telephonySessionId, query }).catch(() => []),
    openReports: () => void browser.tabs.create({ url: browser.runtime.getURL('/reports.html') }),
    openBoard: () => void browser.tabs.create({ url: browser.runtime.getURL('/board.html') }),
    openBoardAtSide: () => {
      const windowId = ownWindowId
      if (windowId !== undefined) void browser.sidePanel.open({ windowId }).then(() => close())
    },
    openSettings: () => void browser.runtime.openOptionsPage(),
  }
}

function isSame(a: User | undefined, b: User | undefined): boolean {
  return a?.accountId === b?.accountId && a?.extensionId === b?.extensionId
}

function isOver({ phase }: CallRow): boolean {
  return phase === 'ended'
}
