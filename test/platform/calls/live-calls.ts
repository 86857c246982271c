import type { LiveParty } from './live-party.ts'
import type { OriginType } from './live-session.ts'
import { createLiveSession, type LiveSession } from './live-session.ts'
import type { Outbox } from './outbox.ts'
import type { DrawTiming } from './untidiness.ts'

/** The calls that are steered, and the places where they can be parked. */
export interface LiveCalls {
  open(originType: OriginType, accountId: string): LiveSession
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

  return {
    live,
    onChange: (listener) => void listeners.push(listener),
    open(originType, accountId) {
      const { drawTiming, callerNameFromSequence } = drawManner()
      for (const session of [...sessions.values()]) if (session.isOver()) sessions.delete(session.telephonySessionId)
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
      )
      sessions.set(session.telephonySessionId, session)
      return session
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
