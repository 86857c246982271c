import type { EventLog } from './event-log.ts'
import type { Records } from './records.ts'

/** Where the relay keeps everything: a folder of its own, or a Redis that it has together with other relays. */
export interface Storage {
  readonly log: EventLog
  readonly records: Records
  readonly shared: Shared
  readonly ownership: Ownership
  /** How many bytes the log may take now. */
  findMaxBytes(): Promise<number>
  close(): Promise<void>
}

/** What relays have in common besides, and what need not outlive them. Where there is one relay, it has it to itself. */
export interface Shared {
  /** Keeps a value for a while, for whoever takes it first. */
  hand(key: string, value: string, lifeMs: number): Promise<void>
  /** The value, once; `undefined` where there is none, or it was taken. */
  take(key: string): Promise<string | undefined>
  /** True to the first who claims the key within its life. */
  claim(key: string, lifeMs: number): Promise<boolean>
  /** Carries out the task while nobody else carries out one of the same name. */
  exclusively<Result>(name: string, task: () => Promise<Result>): Promise<Result>
  /** Counts of what happens in all relays, by key, within a minute. */
  tally(name: string): Tally
  /** Tells the other relays; who is away does not hear it. */
  tell(message: string): void
  /** Calls `listener` with what another relay tells. */
  onTold(listener: (message: string) => void): void
}

export interface Tally {
  /** Counts one more; resolves with how many there were within the minute. */
  add(key: string): Promise<number>
  of(key: string): Promise<number>
}

/** Of relays that share what they keep, exactly one is the owner: it does what is to be done once. */
export interface Ownership {
  readonly isOwner: boolean
  /**
   * Has `start` called when this relay becomes the owner, and what it resolved with when it is so no longer. Another may have become
   * the owner by then: what an owner writes goes through {@link Owner}, which lets nothing pass then.
   */
  onOwned(start: (owner: Owner) => Promise<() => Promise<void>>): void
  /** Begins: from now on this relay may become the owner. Resolves when it has, and does what an owner does, or another is. */
  begin(): Promise<void>
  /** What this relay tells the others as the owner, read anew each second. */
  publish(read: () => string): void
  /** What the owner has told last; `undefined` where nothing is known of one. */
  readonly published: string | undefined
  /** Ends what an owner does here, and lets another do it. */
  end(): Promise<void>
}

export interface Owner {
  /** The log, which takes nothing from here when another is the owner. */
  readonly log: EventLog
  /** The records, likewise. */
  readonly records: Records
  /** Resolves where this is still the owner; to be asked before whatever only the owner may do elsewhere. */
  confirm(): Promise<void>
}
