import { selectConferenceWith, selectCourse, selectOther } from './course.ts'
import { type Part, selectParts } from './customer-call.ts'
import { type Journey, linkCalls } from './journey.ts'
import type { Outcome } from './outcome.ts'
import type { Call } from './state.ts'
import { listTies, type Tie } from './ties.ts'
import { type CallView, type Counterpart, selectView } from './view.ts'

/** A session as one person has it: what it counts as, and how it is to be shown, over all sessions that it is tied to. */
export interface MyCall extends Part {
  readonly view: CallView
  /** The sessions that the call goes through for them, this one first. */
  readonly course: readonly Call[]
  /** Every part of the call, this one first; none but itself for what is no call. */
  readonly parts: readonly Call[]
  readonly journey: Journey
  readonly ties: readonly Tie[]
}

/** Every session of these in which the person has a leg. What is tied to them must be among the calls. */
export function selectMyCalls(calls: readonly Call[], extensionId: string): readonly MyCall[] {
  return linkJourneys(calls).flatMap((linked) => selectCallsOf(linked, extensionId))
}

/** A journey with what ties its sessions together: the same for everybody who has a part in it. */
export interface LinkedJourney {
  readonly journey: Journey
  readonly ties: readonly Tie[]
}

/** The journeys of these calls, for whoever asks for the calls of several people in them. */
export function linkJourneys(calls: readonly Call[]): readonly LinkedJourney[] {
  const seen = calls.filter(({ legs }) => legs.length > 0)
  return linkCalls(seen).map((journey) => ({ journey, ties: listTies(journey.calls) }))
}

/** One person's sessions of a journey, as {@link selectMyCalls} gives them. */
export function selectCallsOf({ journey, ties }: LinkedJourney, extensionId: string): readonly MyCall[] {
  const parts = selectParts(journey, extensionId, ties)
  const described = parts.map((part) => {
    const course = part.kind === 'call' ? selectCourse(part.call, extensionId, ties) : [part.call]
    return { part, course, other: selectOther(course, extensionId, ties) }
  })
  return described.flatMap(({ part, course, other }) => {
    const merged = described.flatMap((one) =>
      one.part.kind === 'call' && one.course.at(-1) === course.at(-1) ? (one.other ?? []) : [],
    )
    const conferenceWith = selectConferenceWith(course, other, { extensionId, merged })
    const view = viewCourse(course, { extensionId, monitorIds: journey.monitorIds, other, conferenceWith })
    if (view === undefined) return []
    const own = parts.filter(
      ({ call, customerCallId }) => call !== part.call && customerCallId === part.call.telephonySessionId,
    )
    return { ...part, view, course, parts: [part.call, ...own.map(({ call }) => call)], journey, ties }
  })
}

/** Who sees a course, and whom in it. */
interface CourseSeen extends Pick<Journey, 'monitorIds'> {
  readonly extensionId: string
  readonly other: Counterpart | undefined
  readonly conferenceWith: readonly Counterpart[]
}

/** A call begins as its first session does and is doing what its last one does. */
function viewCourse(
  course: readonly Call[],
  { extensionId, monitorIds, other, conferenceWith }: CourseSeen,
): CallView | undefined {
  const views = course.flatMap((call) => selectView(call, extensionId, monitorIds) ?? [])
  const [first, last] = [views[0], views.at(-1)]
  if (first === undefined || last === undefined) return undefined
  if (first === last) return { ...first, counterpart: other ?? first.counterpart, conferenceWith }
  return {
    ...first,
    legId: last.legId,
    legIds: views.flatMap(({ legIds }) => legIds),
    currentSessionId: last.currentSessionId,
    // Where calls meet nobody is called: who is there has answered.
    phase: last.phase === 'calling' ? 'talking' : last.phase,
    phaseSinceMs: last.phaseSinceMs,
    counterpart: other ?? first.counterpart,
    conferenceWith,
    parkedAt: last.parkedAt,
    outcome: last.outcome !== undefined && !TALKED.has(last.outcome) ? first.outcome : last.outcome,
  }
}

/** That nobody was left where a call went on takes back nothing of what had been. */
const TALKED: ReadonlySet<Outcome> = new Set<Outcome>(['answered', 'transferred', 'parked'])
