import { type CallPlan, listChanges } from './call-plan.ts'
import { type CallReading, type Follower, isLive, type PartyReading, SPENT_STATES } from './follower.ts'
import { type PartyTruth, truthOf } from './truth.ts'

/** What a follower told when every call of a stream was over, beside the truth. */
export interface Verdict extends Comparison {
  /** Events that were refused as too late. */
  readonly refusedEvents: number
  /** Answers of the platform that were asked for. */
  readonly repairs: number
  /** Sessions that are still held when all is over. */
  readonly heldSessions: number
}

export interface Comparison {
  /** Calls of which every event arrived, sooner or later. */
  readonly complete: Wrongs
  /** Calls of which an event or more never arrived. */
  readonly lossy: Wrongs
  /** Parties of complete calls, each with a time in every state. */
  readonly measuredParties: number
  /** Those of them with a wrong time; `undefined` for who tells no times. */
  readonly wrongTimes: number | undefined
}

/** Calls by what is wrong with their end, each under the first that fits. */
export interface Wrongs {
  readonly calls: number
  /** Told as over once, and live in the end. */
  readonly revived: number
  /** Never told as over. */
  readonly ghosts: number
  /** A party that is not told, that was not there, or that left in another way. */
  readonly wrongStates: number
}

/** A call when all is over. */
export interface FinalCall {
  readonly plan: CallPlan
  /** Sequences of which nothing arrived. */
  readonly lost: ReadonlySet<number>
  /** What was told of it last; `undefined` when it is told as over by not being told any more. */
  readonly reading: CallReading | undefined
  /** Whether it was told as over at any time after it had been live. */
  readonly wasOver: boolean
}

export function compareWithTruth(calls: readonly FinalCall[], tells: Follower['tells']): Comparison {
  const complete = calls.filter(({ lost }) => lost.size === 0)
  const measured = complete.flatMap(({ plan, reading }) =>
    [...truthOf(plan)].map(([id, truth]) => isTimeRight(reading?.get(id), truth)),
  )
  return {
    complete: countWrongs(complete, tells),
    lossy: countWrongs(
      calls.filter(({ lost }) => lost.size > 0),
      tells,
    ),
    measuredParties: measured.length,
    wrongTimes: tells.times ? measured.filter((isRight) => !isRight).length : undefined,
  }
}

function countWrongs(calls: readonly FinalCall[], tells: Follower['tells']): Wrongs {
  const faults = calls.map((call) => findFault(call, tells))
  const count = (fault: Fault) => faults.filter((found) => found === fault).length
  return {
    calls: calls.length,
    revived: count('revived'),
    ghosts: count('ghost'),
    wrongStates: count('wrongState'),
  }
}

type Fault = 'revived' | 'ghost' | 'wrongState'

function findFault(call: FinalCall, tells: Follower['tells']): Fault | undefined {
  const { plan, reading, wasOver } = call
  if (isLive(reading)) return wasOver ? 'revived' : 'ghost'
  if (reading === undefined && !tells.everyParty) return undefined
  const truth = truthOf(plan)
  const isInvented = [...(reading?.keys() ?? [])].some((id) => !truth.has(id))
  const isWrong = [...truth].some(([id, party]) => !isEndRight(call, id, party, tells))
  return isInvented || isWrong ? 'wrongState' : undefined
}

/** The end must be told as it was if word of it arrived. If none did, that the party has left is all that can be known. */
function isEndRight({ plan, lost, reading }: FinalCall, id: string, truth: PartyTruth, tells: Follower['tells']) {
  const told = reading?.get(id)?.end
  const changes = listChanges(plan).filter(({ party }) => party.id === id)
  const isHeardOf = changes.some(({ sequence }) => !lost.has(sequence))
  if (told === undefined) return !isHeardOf || !tells.everyParty
  const last = changes.at(-1)
  if (last === undefined || lost.has(last.sequence)) return true
  return told.code === truth.end.code && (!tells.reasons || told.reason === truth.end.reason)
}

function isTimeRight(reading: PartyReading | undefined, truth: PartyTruth): boolean {
  return SPENT_STATES.every((state) => reading?.spent?.[state] === truth.spent[state])
}

/** Everything that is not as it should be, of any kind. */
export function countAllWrongs({ complete, lossy, wrongTimes, heldSessions }: Verdict): number {
  const [ofComplete, ofLossy] = [complete, lossy].map(
    ({ revived, ghosts, wrongStates }) => revived + ghosts + wrongStates,
  )
  return (ofComplete ?? 0) + (ofLossy ?? 0) + (wrongTimes ?? 0) + heldSessions
}
