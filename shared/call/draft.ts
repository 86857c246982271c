import type { Party } from '../protocol/party.ts'
import type { Call, Interval, Leg, LegEnd, LegState, Mark, Told } from './state.ts'
import { tellAll } from './told.ts'

/**
 * A call and its legs while they are folded. The fold changes them in place: a company's calls are told by thousands of events
 * a second, and a new object for each would cost more than all the rest. Whoever reads a call gets it read-only and takes what
 * it needs at once; what is compared over time is a view, which is a value.
 */
export interface CallDraft extends Writable<Omit<Call, 'legs'>> {
  legs: LegDraft[]
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

/**
 * One leg. Its state is folded as events come; what they tell of the party beside that is put together when somebody reads it.
 */
export class LegDraft implements Leg {
  readonly id: string
  readonly intervals: Interval[] = []
  state: LegState | undefined
  since: Mark | undefined
  end: LegEnd | undefined
  latestMs: number
  lastSequence: number | undefined
  repairedAsOfMs: number | undefined
  wasReplied = false
  /** What the leg is in a call by RingOut of which nobody tells the roles, see ring-out.ts. */
  assumedRingOutRole: 'Initiator' | undefined
  backwardSteps = 0
  eventsAfterEnd = 0
  unrecognisedWords = 0
  private readonly words: Party[]
  // Not a field like the others: two legs are alike whether or not somebody has read them.
  #told: Told | undefined

  constructor(party: Party, startMs: number) {
    this.id = party.id
    this.latestMs = startMs
    this.words = [party]
  }

  hear(party: Party): void {
    this.words.push(party)
    this.#told = undefined
  }

  private get told(): Told {
    this.#told ??= tellAll(this.words)
    return this.#told
  }

  get current(): Leg['current'] {
    return this.state && this.since && { state: this.state, from: this.since }
  }

  get direction() {
    return this.told.direction
  }
  get accountId() {
    return this.told.accountId
  }
  get extensionId() {
    return this.told.extensionId
  }
  get from() {
    return this.told.from
  }
  get to() {
    return this.told.to
  }
  get queueCall() {
    return this.told.queueCall
  }
  get queueName() {
    return this.told.queueName
  }
  get callerIdName() {
    return this.told.callerIdName
  }
  get callerIdNumber() {
    return this.told.callerIdNumber
  }
  get ringOutRole() {
    return this.told.ringOutRole ?? this.assumedRingOutRole
  }
  get conferenceRole() {
    return this.told.conferenceRole
  }
  get parkedAt() {
    return this.told.parkedAt
  }
  get recordings() {
    return this.told.recordings
  }
  get missedCall() {
    return this.told.missedCall
  }
  get muted() {
    return this.told.muted
  }
  get wasHeard() {
    return this.told.wasHeard
  }
}
