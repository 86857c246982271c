/**
 * The relay's log of events. Its promises:
 *
 * - An event is appended durably first, then forwarded and answered: a position that someone has seen never changes its
 *   meaning. A crash may repeat an event; it must not skip one.
 * - One uuid, one position. An append of a uuid that is there already, or on its way, resolves when the first is durable.
 * - Positions grow by log order. Nothing beyond `headPosition`, the last durable position, is ever read out, and listeners
 *   hear of events in order, after they are durable.
 * - An event and all that is found by it (uuid, session) are written, and trimmed, together or not at all.
 * - What is being read is not trimmed.
 * - The text of an event is kept as it was received, together with the few decoded facts that decide who may see it.
 */
export interface EventLog {
  /**
   * Random, made with the log; another log, or one that may have been restored from a copy, has another. It stays while the log is
   * in use, unless {@link EventLog.onRenamed} says otherwise.
   */
  readonly id: string
  /**
   * Earlier names of the log. A cursor with one of them still holds up to its `headPosition`: everything up to there is in
   * this log.
   */
  readonly former: readonly FormerLog[]
  /** Last durable position; 0 for a log that never held an event. */
  readonly headPosition: number
  /** First position that is kept; `headPosition + 1` when none is. */
  readonly oldestPosition: number
  /** Whether the last write succeeded. A full disk makes it false until a write succeeds again. */
  readonly isWritable: boolean
  /** Why it can't be written, as a sentence; `undefined` while it can be, and where there is no more to say than that there is no room. */
  readonly hindrance: string | undefined
  /** What is kept, in bytes of storage. */
  readonly usedBytes: number
  /** Tries a write after one has failed, so that a log without new events finds out as well; resolves with {@link isWritable}. */
  checkWritable(): Promise<boolean>
  /** Resolves when the event is durable; rejects when it could not be written, and then it is not in the log. */
  append(event: NewEvent): Promise<Appended>
  /** Events after `afterPosition` in order, at most `limit`. */
  read(afterPosition: number, limit: number): Promise<readonly LoggedEvent[]>
  /**
   * Events of these extensions after `afterPosition` in order of position: those of each session in which one of them has a
   * party, from the first with such a party on. At most `limit`; it may be fewer, and none at all, long before the head, so a
   * reader goes on from {@link OwnedEvents.upToPosition} until that is the head.
   */
  readOwned(extensionIds: readonly string[], afterPosition: number, limit: number): Promise<OwnedEvents>
  /** A session's events in order of position, those before `beforePosition` only. */
  readSession(telephonySessionId: string, beforePosition: number): Promise<readonly LoggedEvent[]>
  /** Where a session's events are and whose parties are in them, in order of position. */
  readSessionIndex(telephonySessionId: string): Promise<readonly SessionIndexEntry[]>
  /** The uuid of an event; `undefined` when it has none or is not there any more. */
  readUuid(position: number): Promise<string | undefined>
  /** Keeps what arrived with the right secret and is no telephony event; the newest {@link MAX_ASIDE} are kept. */
  keepAside(item: AsideItem): Promise<void>
  /** What was kept aside, oldest first. */
  readAside(): Promise<readonly AsideItem[]>
  /** Keeps what follows a position from being trimmed, until the pin is released. */
  pin(afterPosition: number): ReaderPin
  /** Forgets what the limits don't allow, the oldest first; resolves with the number of events forgotten. */
  trim(limits: TrimLimits): Promise<number>
  /**
   * Resolves when all that was durable at the time of the call is known here, whoever appended it; rejects when that can't be told
   * now. A log that is this process's own is known as it is.
   */
  reachHead(): Promise<void>
  /** Calls `listener` with events that became durable; the returned function ends it. */
  onAppended(listener: (events: readonly LoggedEvent[]) => void): () => void
  /**
   * Calls `listener` when the log has another name from now on, with all that was kept of it: what anybody had read up to some position
   * need not be what is there now. A log that is this process's own is never renamed while it is in use.
   */
  onRenamed(listener: () => void): void
}

export interface FormerLog {
  readonly id: string
  readonly headPosition: number
}

export interface NewEvent {
  /** Absent for a notification without one, which then is never taken for a repetition. */
  readonly uuid: string | undefined
  readonly telephonySessionId: string
  /**
   * Extensions that may see the session from this event on, each once: those that own a party in it, and whom it puts them
   * through to. An {@link addressee} in their place is told of this record, and sees nothing of the session by it.
   */
  readonly extensionIds: readonly string[]
  /** ms since the epoch, the relay's clock. */
  readonly receivedAtMs: number
  /** The notification as it was received, the status, what a desk told, or what was done: JSON text. */
  readonly text: string
  /**
   * In place of a notification: RingCentral's answer to a status request, what people tell each other about the call, or what
   * a rule or a person did with it.
   */
  readonly kind?: 'status' | 'desk' | 'act'
}

export interface LoggedEvent extends Omit<NewEvent, 'uuid'> {
  readonly position: number
}

export interface OwnedEvents {
  readonly events: readonly LoggedEvent[]
  /** Up to here was looked: there is nothing else of them at or below it. */
  readonly upToPosition: number
}

export interface SessionIndexEntry {
  readonly position: number
  readonly extensionIds: readonly string[]
}

export interface TrimLimits {
  /** What was received before goes; ms since the epoch. */
  readonly beforeMs: number
  /** Events go until at most so many bytes are used; what is kept in addition to the events counts and stays. */
  readonly maxBytes: number
}

/** A reader's hold on the log: what comes after the position that it has reached is not trimmed. */
export interface ReaderPin {
  /** The reader has everything up to here. */
  moveTo(afterPosition: number): void
  release(): void
}

export interface Appended {
  readonly position: number
  /** False for a repeated uuid: `position` is that of the first. */
  readonly isNew: boolean
}

export interface AsideItem {
  readonly receivedAtMs: number
  /** What is wrong with it, without its content. */
  readonly reason: string
  readonly text: string
}

/** Enough to find out what a sender means; a sender gone mad must not fill the disk. */
export const MAX_ASIDE = 1000
