import { browser } from 'wxt/browser'
import { i18n } from '#i18n'
import {
  type Announcement,
  onMessage,
  type RelayProblem,
  type RequestHandlers,
  type Status,
} from '../lib/contract/messages.ts'
import { loadNumberingPlans } from '../lib/numbers/load-plans.ts'
import { describeRefusal } from '../lib/relay/refusal-words.ts'
import { createRelayClient } from '../lib/relay/relay-client.ts'
import { invitationSetting } from '../lib/settings/invitation.ts'
import { relayUrlSetting } from '../lib/settings/settings.ts'
import type { Account } from './account/account.ts'
import { isSomebody, isStoreRefusing, selectConnection } from './account/state.ts'
import type { CardDisplay } from './card-display.ts'
import { askCapabilities } from './diagnostics/ask-capabilities.ts'
import type { CardPlaces } from './pages/card-places.ts'
import { wakeOwnPages } from './pages/own-pages.ts'
import { startPageLinkInOpenTabs } from './pages/registration.ts'
import type { Ringer } from './ring/ringer.ts'
import { browserClock, signInRuntime } from './runtime.ts'
import type { Sample } from './sample/sample.ts'
import { findRelay, readInvitation } from './sign-in/find-relay.ts'

export interface RequestsOptions {
  readonly account: Account
  readonly sample: Pick<Sample, 'play'>
  readonly ringer: Pick<Ringer, 'playOnce'>
  readonly places: Pick<CardPlaces, 'clear'>
  readonly display: Pick<CardDisplay, 'redraw'>
  readonly announce: (what: Announcement) => void
}

/** What the background does at each request of a view. */
export function createRequestHandlers({ account, sample, ringer, places, display, announce }: RequestsOptions) {
  const { present } = account

  /** `onElsewhere`: somebody is signed in at another relay; what it answers is in the way. */
  async function keepRelay<P>(address: string, onElsewhere: () => Promise<P>): Promise<P | RelayProblem | undefined> {
    const { relayUrl, problem } = await findRelay(address, signInRuntime)
    if (problem !== undefined) return problem
    const invitation = await readInvitation(relayUrl, signInRuntime)
    await present()
    const state = account.state()
    const isElsewhere = isSomebody(state) && state.signIn.relayUrl !== relayUrl
    const objection = isElsewhere ? await onElsewhere() : undefined
    if (objection !== undefined) return objection
    await invitationSetting.setValue(invitation)
    await relayUrlSetting.setValue(relayUrl)
    announce('status')
    return undefined
  }

  return {
    getStatus: async () => {
      await present()
      return describeStatus(account)
    },
    getLiveCalls: async () => (await present())?.cards.liveNamed() ?? [],
    getAlerts: async () => (await present())?.cards.alerts() ?? [],
    leaveAlert: async (name) => {
      await (await present())?.calls.endAlert(name)
    },
    getDevices: async () => (await present())?.actions.devices() ?? [],
    getCapabilities: async () => {
      await present()
      const state = account.state()
      // Also without a store: that is when somebody looks.
      if (!isSomebody(state)) return { kind: 'signedOut' }
      const client = createRelayClient(state.signIn, signInRuntime)
      return askCapabilities(client, (refusal) => describeRefusal(refusal, browserClock.nowMs()))
    },
    suggest: async ({ telephonySessionId, query }) => {
      const user = await present()
      return user?.actions.suggest(query, user.cards.find(telephonySessionId)?.phoneNumber) ?? []
    },
    callOut: async ({ to, deviceId }) =>
      (await present())?.actions.callOuts.place(to, deviceId) ?? { kind: 'interrupted' },
    reconnect: async () => (await present())?.hurry(),
    act: async ({ telephonySessionId, action }) => {
      const user = await present()
      const row = user?.cards.find(telephonySessionId)
      if (row !== undefined) await user?.actions.act(row, action)
    },
    setDismissed: async ({ telephonySessionId, isDismissed }) => {
      await (await present())?.cards.mark(telephonySessionId, { isDismissed })
    },
    seeMissed: async () => {
      await (await present())?.calls.seeMissed()
    },
    writeNote: async ({ telephonySessionId, note }) => {
      const user = await present()
      return user === undefined ? 'signedOut' : user.keepsakes.writeNote(telephonySessionId, note)
    },
    changeContacts: async (change) => {
      const user = await present()
      return user === undefined ? 'signedOut' : user.keepsakes.changeContacts(change)
    },
    setRelay: (address) => keepRelay(address, async () => 'signedInElsewhere' as const),
    changeRelay: (address) => keepRelay(address, async () => void (await account.signOut())),
    signIn: async () => {
      const problem = await account.signIn()
      if (problem === undefined) wakePages()
      return problem
    },
    signOut: account.signOut,
    wipe: async (owner) => {
      const isWiped = await account.wipe(owner)
      for (const what of ['calls', 'notes', 'contacts'] as const) announce(what)
      return isWiped ? undefined : 'refused'
    },
    playSample: async () => {
      const user = await present()
      if (user !== undefined && user.cards.live().length > 0) return 'busy'
      // Who tries it need not be signed in.
      await loadNumberingPlans()
      sample.play()
      wakePages()
      return undefined
    },
    playRing: async () => ringer.playOnce(),
    getCrm: async () => (await present())?.crm.standing() ?? { kind: 'signedOut' as const },
    getCrmRecords: async (query) => (await present())?.crm.records(query) ?? { kind: 'signedOut' as const },
    chooseCrmRecord: async ({ key, choice }) => {
      const user = await present()
      const result = await user?.crm.chooseByKey(key, choice)
      if (result !== undefined) announce('crm')
      return result ?? { problem: i18n.t('crm.signedOut') }
    },
    openNewCrmContact: async (number) => {
      const url = await (await present())?.crm.newContactUrl(number)
      if (url === undefined) return 'none'
      await browser.tabs.create({ url })
      return undefined
    },
    connectCrm: async () => (await present())?.crm.connect(signInRuntime),
    disconnectCrm: async () => (await present())?.crm.disconnect(),
    resetCardPlaces: async () => {
      await places.clear()
      display.redraw()
      return undefined
    },
  } satisfies RequestHandlers
}

/** Has views answered from now on. */
export function answerRequests(handlers: RequestHandlers): void {
  for (const [name, handler] of Object.entries(handlers)) {
    onMessage(name as keyof RequestHandlers, ({ data }) => handler(data as never) as never)
  }
}

/** Has pages come back whose script was told to rest. Waited for by nobody: one may show a dialog. */
function wakePages(): void {
  wakeOwnPages()
  void startPageLinkInOpenTabs()
}

async function describeStatus(account: Account): Promise<Status> {
  const state = account.state()
  const { signIn, user } = isSomebody(state) ? state : {}
  return {
    relayUrl: signIn?.relayUrl ?? (await relayUrlSetting.getValue()),
    user: signIn?.user,
    connection: selectConnection(state),
    subscription: user?.stream.subscription(),
    gapNoticedMs: user?.stream.gapNoticedMs(),
    isStoreRefusing: isStoreRefusing(state),
    isStoreScarce: user?.retention.isScarce() ?? false,
    progress: user?.stream.progress(),
  }
}
