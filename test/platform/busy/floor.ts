import type { LiveCalls } from '../calls/live-calls.ts'
import type { LiveParty } from '../calls/live-party.ts'
import type { LiveSession } from '../calls/live-session.ts'
import { CallStateError } from '../calls/party-state.ts'
import type { QueueDesk } from '../calls/queue-desk.ts'
import type { Company } from '../company.ts'
import { ACCOUNT, type Person } from '../people.ts'
import { type Chances, createChances, deriveSeed } from './chances.ts'

/** Where a busy day takes place: the calls of the stand-in, and the people who act in it by themselves. */
export interface Floor {
  readonly calls: LiveCalls
  readonly desk: QueueDesk
  readonly company: Company
  after(ms: number, act: () => void): void
  /** Opens a call of this day, with chances of its own. */
  open(): LiveSession
  /** Of a call of this day; `undefined` for any other. */
  chancesOf(session: LiveSession): Chances | undefined
  /** Whether a call is of this day; also when it is over. */
  isOwn(telephonySessionId: string): boolean
  /** Whoever acts by themselves and has no call now. */
  freePeople(): readonly Person[]
  actsAlone(person: Person): boolean
  /** Who does nothing by themselves: extension ids, and numbers of people outside. */
  readonly aside: ReadonlySet<string>
}

export interface FloorWorld extends Pick<Floor, 'calls' | 'desk' | 'company' | 'after' | 'aside'> {
  readonly seed: number
}

export function createFloor({ calls, desk, company, after, seed, aside }: FloorWorld): Floor {
  const chancesBySession = new WeakMap<LiveSession, Chances>()
  const own = new Set<string>()
  let opened = 0
  let isActing = false
  const actsAlone = ({ accountId, canSignIn, extensionId }: Person): boolean =>
    accountId === ACCOUNT.id && canSignIn && !aside.has(extensionId)
  const people = company.people.filter(actsAlone)
  // Dialling in to a parked call takes a session that nobody here opens.
  calls.onChange(({ telephonySessionId }) => {
    if (isActing) own.add(telephonySessionId)
  })

  return {
    calls,
    desk,
    company,
    aside,
    actsAlone,
    isOwn: (telephonySessionId) => own.has(telephonySessionId),
    after: (ms, act) =>
      after(Math.round(ms), () => {
        isActing = true
        attempt(act)
        isActing = false
      }),
    open() {
      const session = calls.open('Call', ACCOUNT.id)
      chancesBySession.set(session, createChances(deriveSeed(seed, opened)))
      opened += 1
      return session
    },
    chancesOf: (session) => chancesBySession.get(session),
    freePeople() {
      const busy = new Set(calls.live().flatMap((session) => session.present().map(({ extensionId }) => extensionId)))
      return people.filter(({ extensionId }) => !busy.has(extensionId))
    },
  }
}

/** Somebody else may have been quicker: another hand at the phone, the other side, the queue. What was meant then is dropped. */
function attempt(act: () => void): void {
  try {
    act()
  } catch (error) {
    if (!(error instanceof CallStateError)) throw error
  }
}

/** Whoever is at the other end from a party, and has not left. */
export function findOther(session: LiveSession, partyId: string): LiveParty | undefined {
  return session.present().find(({ id, role }) => id !== partyId && (role === 'caller' || role === 'called'))
}

/** The party that called, and has not left. */
export function findCaller(session: LiveSession): LiveParty | undefined {
  return session.present().find(({ role }) => role === 'caller')
}
