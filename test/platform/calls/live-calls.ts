import type { LiveParty } from './live-party.ts'
import type { OriginType } from './live-session.ts'
import { createLiveSession, type LiveSession, type SessionSoFar } from './live-session.ts'
import type { Outbox } from './outbox.ts'
import type { DrawTiming } from './untidiness.ts'

/** The calls that are steered, and the places where they can be parked. */
export interface LiveCalls {
  open(originType: OriginType, accountId: string): LiveSession
  /** Steers a session from now on that has begun without; unless it is only `looked` at, to see what could be done. */
  goOn(originType: OriginType, accountId: string, soFar: SessionSoFar, isLooked?: boolean): LiveSession
  /** Those that are not over, in the order in which they began. */
  live(): readonly LiveSession[]
  /** A session that is not over. */
  find(telephonySessionId: string): LiveSession | undefined
  /** The first place where nobody is parked. */
  freeOrbit(): string
  isOrbitFree(orbit: string): boolean
  /** Whether somebody listens in on a call of others. */
  isListening(extensionId: string): boolean
  /** Calls back whenever a party has changed. */
  onChange(listener: ChangeListener): void
}

export type ChangeListener = (session: LiveSession, before: LiveParty, after: LiveParty) => void

export interface CallsWorld {
  readonly outbox: Outbox
  readonly nowMs: () => number
  /** What one call is given: its timing, and from which event on an outside caller's name is known. */
  readonly drawManner: () => { readonly drawTiming: DrawTiming; readonly callerNameFromSequence: number }
}

const ORBITS = Array.from({ length: 9 }, (_, index) => `*80${index + 1}`)

export function createLiveCalls({ outbox, nowMs, drawManner }: CallsWorld): LiveCalls {
  const sessions = new Map<string, LiveSession>()
  const listeners: ChangeListener[] = []

  const live = (): LiveSession[] => [...sessions.values()].filter((session) => !session.isOver())
  const isOrbitFree = (orbit: string): boolean =>
    !live().some((session) =>
      session.parties().some(({ code, status }) => code === 'Parked' && status.parkData === orbit),
    )

  function create(originType: OriginType, accountId: string, soFar?: SessionSoFar): LiveSession {
    const { drawTiming, callerNameFromSequence } = drawManner()
    const session: LiveSession = createLiveSession(
      { accountId, originType, callerNameFromSequence },
      {
        outbox,
        nowMs,
        drawTiming,
        onChange: (before, after) => {
          for (const listener of listeners) listener(session, before, after)
        },
      },
      soFar,
    )
    return session
  }

  function keep(session: LiveSession): LiveSession {
    for (const one of [...sessions.values()]) if (one.isOver()) sessions.delete(one.telephonySessionId)
    sessions.set(session.telephonySessionId, session)
    return session
  }

  return {
    live,
    onChange: (listener) => void listeners.push(listener),
    open: (originType, accountId) => keep(create(originType, accountId)),
    goOn: (originType, accountId, soFar, isLooked = false) => {
      const session = create(originType, accountId, soFar)
      return isLooked ? session : keep(session)
    },
    find(telephonySessionId) {
      const session = sessions.get(telephonySessionId)
      return session?.isOver() === false ? session : undefined
    },
    isOrbitFree,
    isListening: (extensionId) =>
      live().some((session) =>
        session.present().some((party) => party.role === 'observer' && party.extensionId === extensionId),
      ),
    freeOrbit: () => ORBITS.find(isOrbitFree) ?? '*899',
  }
}
