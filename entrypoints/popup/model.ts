import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import type { Returned } from '../../shared/metrics/returned.ts'
import type { Tally } from '../../shared/metrics/tally.ts'
import type { User } from '../../shared/protocol/wire.ts'
import type { NamedCall } from '../lib/caller/caller-name.ts'
import type { CallAction } from '../lib/contract/call-actions.ts'
import type { AlertApart, LiveCall } from '../lib/contract/card-call.ts'
import type { SignInProblem, Status } from '../lib/contract/messages.ts'
import { interrupted, listenToAnnouncements, sendMessage } from '../lib/contract/messages.ts'
import type { Suggestion } from '../lib/contract/ports.ts'
import { loadNumberingPlans } from '../lib/numbers/load-plans.ts'
import { followStatus } from '../lib/signals/follow-status.ts'
import { followUser } from '../lib/signals/follow-user.ts'
import { followVoicemailsToReturn } from '../lib/signals/follow-voicemails-to-return.ts'
import { describeCounting, followDayContext } from '../lib/store/day-context.ts'
import { openReadableStore, type ReadableStore } from '../lib/store/open.ts'
import { country } from '../lib/wording/shown-country.ts'
import { untilPainted } from '../ui/until-painted.ts'
import { type FoundPerson, findPeople, type KnownPeople, readPeople } from './find-people.ts'
import { createLive } from './live.ts'
import { createOpeners, type Openers } from './openers.ts'
import { type ReadCalls, readCalls } from './read-calls.ts'
import { readToday } from './today.ts'

/**
 * The popup's state; `undefined` means not read yet. Figures come from the store without waiting for the background;
 * only live calls are requested from it.
 */
export interface PopupModel extends Openers {
  readonly status: ReadonlySignal<Status | undefined>
  /** Who is signed in, and their store. */
  readonly person: ReadonlySignal<OpenPerson | undefined>
  /** Whether there is anything to draw: who is signed in is known in a moment, and a frame without them would be in the way of that. */
  readonly isDrawn: ReadonlySignal<boolean>
  readonly live: ReadonlySignal<readonly LiveCall[]>
  /** When `live` came, by `performance.now()`. */
  readonly liveReceivedMs: ReadonlySignal<number>
  /** Alerts of rules about calls in which the person has no part, the latest first. */
  readonly alerts: ReadonlySignal<readonly AlertApart[]>
  /** Today's calls, those that have ended. */
  readonly today: ReadonlySignal<Tally | undefined>
  readonly lastCalls: ReadonlySignal<readonly NamedCall[] | undefined>
  /** Calls of the last days that are to be returned, the newest first. */
  readonly unreturned: ReadonlySignal<readonly NamedCall[]>
  /** Of the missed ones among the last calls and today's: how each was returned, `undefined` of one that was not. */
  readonly returned: ReadonlySignal<ReadonlyMap<string, Returned | undefined>>
  /** The figure of today whose calls are listed. */
  readonly chosen: ReadonlySignal<TodayFigure | undefined>
  /** Today's calls that have ended, while something of today is chosen. */
  readonly todaysCalls: ReadonlySignal<readonly NamedCall[]>
  readonly signInProblem: ReadonlySignal<SignInProblem | undefined>
  /** Whether the relay can't be reached, so that nothing can be asked of it. */
  readonly isLost: ReadonlySignal<boolean>
  /** The name or number that is looked for. */
  readonly typed: ReadonlySignal<string>
  /** Whom it may mean; `undefined`: not known yet. */
  readonly found: ReadonlySignal<readonly FoundPerson[] | undefined>
  find(typed: string): void
  /** Tries to reach the relay now. */
  reconnect(): Promise<void>
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
}

export type TodayFigure = 'calls' | 'answered' | 'missed' | 'other' | 'ring' | 'talk' | 'hold'

export interface OpenPerson {
  readonly user: User
  readonly store: ReadableStore
}

/** By then a popup is drawn whoever answers: the ways out are in it. */
const PATIENCE_MS = 500

/**
 * For so long at most the worker is asked nothing: what it does to answer, and what the browser does to carry it, takes a fifth of
 * the time in which the figures could be there.
 */
const ROOM_MS = 150

const dayContext = followDayContext()

export function createPopupModel(): PopupModel {
  // First of all: the figures wait for it, and for nothing that comes after it.
  const signedIn = followUser()
  // While the store opens there is nothing else to do: a zone's rules are hundreds of questions to the platform.
  describeCounting(dayContext())
  const { promise: isFree, resolve: leaveRoom } = Promise.withResolvers<void>()
  setTimeout(leaveRoom, ROOM_MS)
  const status = followStatus(isFree)
  const person = signal<OpenPerson>()
  const live = createLive()
  const today = signal<Tally>()
  const calls = signal<ReadCalls>()
  const withVoicemails = followVoicemailsToReturn()
  const chosen = signal<TodayFigure>()
  const isLost = computed(() => status.value?.connection.state === 'lost')
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
      live.clear()
      today.value = undefined
      calls.value = undefined
    } else await readAgain()
  }

  async function readAgain(): Promise<void> {
    const open = person.value
    if (open === undefined) return
    const isWanted = () => person.value?.store === open.store
    const nowMs = Date.now()
    // The figures of today are one record, and are there before a thousand calls are read.
    const tally = await readToday(open.store, dayContext(), nowMs)
    if (isWanted()) today.value = tally
    // The calls of a week are as much work as all before them: they are read when the first figures are on the screen.
    if (calls.peek() === undefined) await untilPainted()
    leaveRoom()
    if (!isWanted()) return
    const asked = { nowMs, withVoicemails: withVoicemails.value, withToday: chosen.value !== undefined }
    // Lists show numbers, which takes the plans: they are not read before the figures.
    const [read] = await Promise.all([readCalls(open.store, asked), loadNumberingPlans()])
    if (isWanted()) calls.value = read
  }

  listenToAnnouncements((announcement) => {
    if (announcement === 'contacts') void readAgain()
    if (announcement !== 'calls') return
    void readAgain()
    void live.read()
  })
  effect(() => {
    withVoicemails.value
    untracked(() => void readAgain())
  })
  effect(() => {
    if (signedIn.value === null) leaveRoom()
    if (signedIn.value !== undefined) void openStoreOf(signedIn.value ?? undefined)
  })
  void isFree.then(() => {
    void live.read()
    void sendMessage('seeMissed').catch(interrupted)
  })

  return {
    status,
    person,
    isDrawn: followFirst(person, status),
    live: live.calls,
    alerts: live.alerts,
    liveReceivedMs: live.receivedMs,
    today,
    lastCalls: computed(() => calls.value?.lastCalls),
    unreturned: computed(() => calls.value?.unreturned ?? []),
    returned: computed(() => calls.value?.returned ?? new Map()),
    chosen,
    todaysCalls: computed(() => calls.value?.todaysCalls ?? []),
    signInProblem,
    isLost,
    ...createFinder(person),
    reconnect: async () => {
      await sendMessage('reconnect').catch(interrupted)
    },
    choose: async (figure) => {
      chosen.value = figure
      await readAgain()
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
    ...createOpeners(),
  }
}

/** Whether one of these is known, or should have been by now. */
function followFirst(...signals: readonly ReadonlySignal<unknown>[]): ReadonlySignal<boolean> {
  const isLate = signal(false)
  setTimeout(() => {
    isLate.value = true
  }, PATIENCE_MS)
  return computed(() => isLate.value || signals.some(({ value }) => value !== undefined))
}

function isSame(a: User | undefined, b: User | undefined): boolean {
  return a?.accountId === b?.accountId && a?.extensionId === b?.extensionId
}

/** Looks for people while somebody types. */
function createFinder(person: ReadonlySignal<OpenPerson | undefined>): Pick<PopupModel, 'typed' | 'found' | 'find'> {
  const typed = signal('')
  const found = signal<readonly FoundPerson[]>()
  let looking = new AbortController()
  /** As long as something is typed. */
  let reading: Promise<KnownPeople> | undefined

  async function look(store: ReadableStore, text: string, wanted: AbortSignal): Promise<void> {
    await loadNumberingPlans()
    reading ??= readPeople(store, Date.now())
    const people = await findPeople(store, text, { country: country.value, known: await reading, signal: wanted })
    if (!wanted.aborted) found.value = people
  }

  return {
    typed,
    found,
    find: (text) => {
      looking.abort()
      looking = new AbortController()
      typed.value = text
      const store = person.peek()?.store
      if (text.trim() === '' || store === undefined) {
        found.value = undefined
        reading = undefined
      } else void look(store, text, looking.signal)
    },
  }
}
