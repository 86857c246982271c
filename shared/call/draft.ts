import type { Party } from '../protocol/party.ts'
import { collectFacts } from './party-facts.ts'
import type { Call, Interval, Leg, LegEnd, LegState, Mark, PartyFacts } from './state.ts'

/**
 * A call and its legs while they are folded. The fold changes them in place: a company's calls are told by thousands of events
 * a second, and a new object for each would cost more than all the rest. Readers of a call get it read-only and take what
 * they need at once; what is compared over time is a view, which is a value.
 */
export interface CallDraft extends Writable<Omit<Call, 'legs'>> {
  legs: LegDraft[]
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

/**
 * One leg. Its state is folded as events come; the facts of its party are put together when somebody reads them.
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
  /** The leg's role in a call by RingOut whose events do not tell the roles, see ring-out.ts. */
  assumedRingOutRole: 'Initiator' | undefined
  backwardSteps = 0
  eventsAfterEnd = 0
  unrecognisedReports = 0
  private readonly reports: Party[]
  // Not a field like the others: two legs are alike whether or not they have been read.
  #facts: PartyFacts | undefined

  constructor(party: Party, startMs: number) {
    this.id = party.id
    this.latestMs = startMs
    this.reports = [party]
  }

  addReport(party: Party): void {
    this.reports.push(party)
    this.#facts = undefined
  }

  private get facts(): PartyFacts {
    this.#facts ??= collectFacts(this.reports)
    return this.#facts
  }

  get current(): Leg['current'] {
    return this.state && this.since && { state: this.state, from: this.since }
  }

  get direction() {
    return this.facts.direction
  }
  get accountId() {
    return this.facts.accountId
  }
  get extensionId() {
    return this.facts.extensionId
  }
  get from() {
    return this.facts.from
  }
  get to() {
    return this.facts.to
  }
  get queueCall() {
    return this.facts.queueCall
  }
  get queueName() {
    return this.facts.queueName
  }
  get callerIdName() {
    return this.facts.callerIdName
  }
  get callerIdNumber() {
    return this.facts.callerIdNumber
  }
  get ringOutRole() {
    return this.facts.ringOutRole ?? this.assumedRingOutRole
  }
  get conferenceRole() {
    return this.facts.conferenceRole
  }
  get parkedAt() {
    return this.facts.parkedAt
  }
  get recordings() {
    return this.facts.recordings
  }
  get missedCall() {
    return this.facts.missedCall
  }
  get muted() {
    return this.facts.muted
  }
  get wasHeard() {
    return this.facts.wasHeard
  }
}
