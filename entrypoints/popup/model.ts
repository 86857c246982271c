import { type ReadonlySignal, signal } from '@preact/signals'
import { browser } from 'wxt/browser'
import type { AgentFigures } from '../../shared/metrics/agent.ts'
import { type Tally, tallyCalls } from '../../shared/metrics/tally.ts'
import type { LiveCall } from '../lib/card-facts/card-call.ts'
import { startOfDay } from '../lib/format.ts'
import type { SignInProblem, Status } from '../lib/messages.ts'
import { interrupted, listenToAnnouncements, sendMessage } from '../lib/messages.ts'
import { isFinished } from '../lib/store/finished.ts'
import { openPersonStore, type PersonStore } from '../lib/store/open.ts'
import { readCallsSince, readLastCalls } from '../lib/store/read.ts'
import type { CallRow } from '../lib/store/schema.ts'
import { explainCall } from './explain.ts'

/** What the popup knows. `undefined` is not read yet. Figures come from the store; only what is live is asked for. */
export interface PopupModel {
  readonly status: ReadonlySignal<Status | undefined>
  readonly live: ReadonlySignal<readonly LiveCall[]>
  /** When `live` came, by `performance.now()`. */
  readonly liveReceivedMs: ReadonlySignal<number>
  /** Today's calls, those that have ended. */
  readonly today: ReadonlySignal<Tally | undefined>
  readonly lastCalls: ReadonlySignal<readonly CallRow[] | undefined>
  readonly signInProblem: ReadonlySignal<SignInProblem | undefined>
  /** A call's figures with the events behind them. */
  explain(row: CallRow): Promise<AgentFigures | undefined>
  signIn(): Promise<void>
  showCard(telephonySessionId: string): Promise<void>
  openSettings(): void
}

const LAST_CALLS = 30

export function createPopupModel(): PopupModel {
  const status = signal<Status>()
  const live = signal<readonly LiveCall[]>([])
  const liveReceivedMs = signal(0)
  const today = signal<Tally>()
  const lastCalls = signal<readonly CallRow[]>()
  const signInProblem = signal<SignInProblem>()
  let store: { readonly of: string; readonly opened: Promise<PersonStore> } | undefined

  /** The store of whoever is signed in now: another person's is never left open under their name. */
  function storeOf(user: Status['user']): Promise<PersonStore> | undefined {
    const owner = user && `${user.accountId}:${user.extensionId}`
    if (store?.of === owner) return store?.opened
    void store?.opened.then((opened) => opened.close())
    store = user && owner !== undefined ? { of: owner, opened: openPersonStore(user) } : undefined
    return store?.opened
  }

  async function readStatus(): Promise<void> {
    const before = status.value?.user?.extensionId
    // A worker that is ended before it answers announces its status when it starts again.
    status.value = await sendMessage('getStatus').catch(() => status.value)
    if (before !== status.value?.user?.extensionId || lastCalls.value === undefined) await readCalls()
  }

  async function readCalls(): Promise<void> {
    const user = status.value?.user
    const opened = await storeOf(user)
    if (opened === undefined) {
      live.value = []
      today.value = undefined
      lastCalls.value = undefined
      return
    }
    const [liveCalls, todaysCalls, last] = await Promise.all([
      sendMessage('getLiveCalls').catch(() => live.value),
      readCallsSince(opened, startOfDay(Date.now())),
      readLastCalls(opened, LAST_CALLS),
    ])
    if (status.value?.user !== user) return
    live.value = liveCalls
    liveReceivedMs.value = performance.now()
    today.value = tallyCalls(todaysCalls.filter(isFinished))
    lastCalls.value = last.filter(({ phase }) => phase === 'ended')
  }

  listenToAnnouncements((announcement) => void (announcement === 'calls' ? readCalls() : readStatus()))
  void readStatus()
  void sendMessage('seeMissed').catch(interrupted)

  return {
    status,
    live,
    liveReceivedMs,
    today,
    lastCalls,
    signInProblem,
    explain: async (row) => {
      const user = status.value?.user
      const opened = await storeOf(user)
      return opened && user && explainCall(opened, row, user.extensionId)
    },
    signIn: async () => {
      signInProblem.value = undefined
      signInProblem.value = await sendMessage('signIn').catch(interrupted)
    },
    showCard: async (telephonySessionId) => {
      await sendMessage('setDismissed', { telephonySessionId, isDismissed: false }).catch(interrupted)
    },
    openSettings: () => void browser.runtime.openOptionsPage(),
  }
}
