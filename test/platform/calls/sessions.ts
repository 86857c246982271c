import type { Happening, NotificationParty } from './notification.ts'

/** How many finished sessions are still listed; they are gone for the API at once, as on the real platform. */
const FINISHED_KEPT = 10

/** A telephony session as the platform itself knows it: ahead of every receiver. */
export interface Session {
  readonly telephonySessionId: string
  /** The legacy id. */
  readonly sessionId: string
  readonly accountId: string
  readonly creationTime: string
  readonly origin: { readonly type: string }
  /** As they stand, in the order they appeared. */
  readonly parties: readonly NotificationParty[]
  readonly lastChange: LastChange
  readonly isOver: boolean
}

export interface LastChange {
  readonly sequence: number
  readonly partyId: string
  readonly code: string
}

export interface Sessions {
  /** Takes over what happened, at the moment it happens. */
  record(happening: Happening): void
  /** A session that is not over. */
  find(telephonySessionId: string): Session | undefined
  /** Live sessions and the last finished ones, newest first. */
  recent(): readonly Session[]
}

interface Entry {
  readonly sessionId: string
  readonly creationTime: string
  readonly origin: { readonly type: string }
  readonly parties: Map<string, { readonly party: NotificationParty; readonly sequence: number }>
}

/** `isBackground`: a call that nobody wants to look back at, which is forgotten as soon as it is over. */
export function createSessions(isBackground: (telephonySessionId: string) => boolean = () => false): Sessions {
  const entries = new Map<string, Entry>()
  const view = (): Session[] => [...entries].flatMap(([id, entry]) => viewSession(id, entry) ?? [])

  const forgetOldest = (): void => {
    const finished = view().filter(({ isOver }) => isOver)
    const listed = finished.filter(({ telephonySessionId }) => !isBackground(telephonySessionId))
    const kept = new Set(listed.slice(-FINISHED_KEPT))
    for (const session of finished) if (!kept.has(session)) entries.delete(session.telephonySessionId)
  }

  return {
    record({ body }) {
      const { telephonySessionId, sessionId, eventTime, origin, sequence } = body
      const entry = entries.get(telephonySessionId) ?? {
        sessionId,
        creationTime: eventTime,
        origin,
        parties: new Map(),
      }
      entries.set(telephonySessionId, entry)
      for (const party of body.parties) {
        // Two events of the same millisecond may be recorded in either order: the number decides.
        if (sequence > (entry.parties.get(party.id)?.sequence ?? 0)) entry.parties.set(party.id, { party, sequence })
      }
      forgetOldest()
    },
    find(telephonySessionId) {
      const entry = entries.get(telephonySessionId)
      const session = entry && viewSession(telephonySessionId, entry)
      return session?.isOver === false ? session : undefined
    },
    recent: () => view().reverse(),
  }
}

export function hasLeft({ status }: NotificationParty): boolean {
  return status.code === 'Disconnected' || status.code === 'Gone'
}

/** `undefined` as long as nobody takes part. */
function viewSession(
  telephonySessionId: string,
  { sessionId, creationTime, origin, parties }: Entry,
): Session | undefined {
  const changes = [...parties.values()]
  const last = changes.toSorted((a, b) => b.sequence - a.sequence)[0]
  if (last === undefined) return undefined
  return {
    telephonySessionId,
    sessionId,
    accountId: last.party.accountId,
    creationTime,
    origin,
    parties: changes.map(({ party }) => party),
    lastChange: { sequence: last.sequence, partyId: last.party.id, code: last.party.status.code },
    isOver: changes.every(({ party }) => hasLeft(party)),
  }
}
