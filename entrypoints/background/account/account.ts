import type { Clock } from '../../../shared/clock.ts'
import type { User } from '../../../shared/protocol/wire.ts'
import { createQueue } from '../../../shared/queue.ts'
import type { SignInProblem } from '../../lib/contract/messages.ts'
import { readCountry } from '../../lib/settings/country.ts'
import type { BrowserStore } from '../../lib/store/open.ts'
import type { SignIn } from '../../lib/store/schema.ts'
import type { UseStore } from '../../lib/store/steady-store.ts'
import type { StoreOwner } from '../../lib/store/store-name.ts'
import { wipeUser } from '../retention/wipe-user.ts'
import { revokeToken, type SignInRuntime } from '../sign-in/sign-in.ts'
import { createSignInWindow } from '../sign-in/sign-in-window.ts'
import { selectUserUpdate } from '../sign-in/user-update.ts'
import type { UserParts } from '../user/user.ts'
import { createKeptSignIn, keepHomeCountry } from './kept-sign-in.ts'
import { createRunningUser, RETRY_MS, type RunningEvents } from './running-user.ts'
import { type AccountState, createCurrentState, isSomebody, isUnderWay, isUnwelcome } from './state.ts'

/** Who is signed in in this browser. The user's parts begin and end with that. */
export interface Account {
  state(): AccountState
  /** The parts of the user who is signed in, once they run. */
  user(): UserParts | undefined
  /** The same once no change is under way. Views that ask meanwhile are answered then. */
  present(): Promise<UserParts | undefined>
  /** Whether somebody waits for a change: of who is signed in, or of the connection. */
  isBusy(): boolean
  /** Opens RingCentral's sign-in and waits for it. Resolves with why it did not work, or nothing. */
  signIn(): Promise<SignInProblem | undefined>
  signOut(): Promise<void>
  /** The country of numbers may be another: then the user's parts, which read them, begin again. */
  followCountry(): Promise<void>
  /** Wipes what is kept of a user, who need not be signed in. Returns whether it is done. */
  wipe(owner: StoreOwner): Promise<boolean>
}

export interface AccountOptions {
  readonly clock: Pick<Clock, 'after'>
  readonly signInRuntime: SignInRuntime
  readonly useSignIn: UseStore<BrowserStore>
  /** Who is signed in has been read: what needs to know no more can begin. They are started in any case. */
  readonly onSignInRead: (signIn: SignIn) => void
  /** Starts what runs for a user. Resolves when it has read what is kept; rejects when their store can't be used. */
  readonly startUser: (signIn: SignIn, events: UserEvents) => Promise<UserParts>
  /** Takes the cards down; resolves when what was being typed there is kept, or has had its time. */
  readonly finishTyping: () => Promise<void>
  /** Somebody is signed in from now on, or nobody is. */
  readonly onWho: (isSignedIn: boolean) => void
  /** Somebody has signed in: forgets what was remembered for the previous user. */
  readonly onSignIn: () => Promise<void>
  /** The user's parts are closed: nothing of theirs stays in sight of the next. */
  readonly onEnded: () => void
  /** What views are told of all this has changed. */
  readonly onStatus: () => void
}

/** What a user's parts tell of themselves. */
export interface UserEvents extends RunningEvents {
  readonly onStatus: () => void
  /** Who the user is, as the relay tells it with each connection. */
  readonly onUser: (latest: User) => void
}

export function createAccount(options: AccountOptions): Account {
  const { clock, signInRuntime, onStatus } = options
  const changes = createQueue()
  const current = createCurrentState(clock.after, onStatus)
  const kept = createKeptSignIn(options.useSignIn, clock, options.onSignInRead)
  const signInWindow = createSignInWindow(signInRuntime)
  const running = createRunningUser({
    current,
    changes,
    start: (signIn, events) =>
      options.startUser(signIn, {
        onStatus: followStatus,
        onUser: (latest) => void changes.run(() => updateUser(latest)),
        ...events,
      }),
    onEnded: options.onEnded,
  })

  /** Continues with the user who was signed in. Until the store tells who that is, it is asked again and again. */
  async function start(): Promise<void> {
    const state = current.get()
    if (state.kind !== 'starting') return
    try {
      const [signIn] = await Promise.all([kept.read(), readCountry()])
      if (signIn === undefined) beNobody(false)
      else await begin(signIn)
    } catch (error) {
      if (!state.isStoreRefusing) console.warn('Who is signed in cannot be read; trying again.', error)
      current.enter({ kind: 'starting', isStoreRefusing: true })
      current.later(RETRY_MS, () => void changes.run(start))
    }
  }

  async function begin(signIn: SignIn): Promise<void> {
    await keepHomeCountry(signIn)
    current.enter({ kind: 'signedIn', signIn, user: undefined })
    options.onWho(true)
    await running.begin()
    followStatus()
  }

  function beNobody(wasRefused: boolean): void {
    current.enter({ kind: 'signedOut', wasRefused })
    options.onWho(false)
    onStatus()
  }

  /** Somebody has signed in. If the store can't keep that, the previous user stays signed in. */
  async function replace(next: SignIn): Promise<SignInProblem | undefined> {
    if (!(await kept.write(next))) {
      void revokeToken(next, signInRuntime)
      return 'storeRefuses'
    }
    await running.end()
    await options.onSignIn()
    await begin(next)
    return undefined
  }

  /** Signs out the present user, and returns their sign-in. */
  async function leave(wasRefused: boolean): Promise<SignIn | undefined> {
    const present = current.get()
    if (isSomebody(present)) current.enter({ kind: 'leaving', signIn: present.signIn, user: present.user })
    await options.finishTyping()
    return changes.run(async () => {
      const state = current.get()
      await running.end()
      await kept.forget(() => !isSomebody(current.get()))
      beNobody(wasRefused)
      return isSomebody(state) ? state.signIn : undefined
    })
  }

  function followStatus(): void {
    // A token that is no longer taken is worth nothing; asking with it again and again would only be refused.
    if (isUnwelcome(current.get())) void leave(true)
    onStatus()
  }

  /** The relay has told who the user is now. */
  async function updateUser(latest: User): Promise<void> {
    const state = current.get()
    const user = isSomebody(state) ? selectUserUpdate(state.signIn.user, latest) : undefined
    if (!isSomebody(state) || user === undefined) return
    const signIn = { ...state.signIn, user }
    current.update({ signIn })
    // What is not kept now is told again with the next welcome.
    await kept.write(signIn)
    await keepHomeCountry(signIn)
    followStatus()
  }

  async function wipe(owner: StoreOwner): Promise<boolean> {
    const present = findSignIn(current.get(), owner)
    if (present !== undefined) await running.end()
    const isWiped = await wipeUser(owner)
    if (present !== undefined) await begin(present)
    return isWiped
  }

  void changes.run(start)
  return {
    state: current.get,
    user: () => userOf(current.get()),
    present: () => changes.settled().then(() => userOf(current.get())),
    isBusy: () => signInWindow.isOpen() || isUnderWay(current.get()),
    signIn: async () => {
      const { signIn, problem } = await signInWindow.open()
      return signIn === undefined ? problem : changes.run(() => replace(signIn))
    },
    signOut: async () => {
      const before = await leave(false)
      // Here the user is signed out whether that relay still answers or not.
      if (before !== undefined) void revokeToken(before, signInRuntime)
    },
    followCountry: () => changes.run(running.followCountry),
    wipe: (owner) => changes.run(() => wipe(owner)),
  }
}

function userOf(state: AccountState): UserParts | undefined {
  return isSomebody(state) ? state.user : undefined
}

function findSignIn(state: AccountState, { accountId, extensionId }: StoreOwner): SignIn | undefined {
  const signIn = isSomebody(state) ? state.signIn : undefined
  return signIn?.user.accountId === accountId && signIn.user.extensionId === extensionId ? signIn : undefined
}
