import { isOver, selectHungUpBy } from '../../shared/call/end.ts'
import { type Journey, linkCalls } from '../../shared/call/journey.ts'
import { selectRole } from '../../shared/call/roles.ts'
import { type Call, LEG_STATES, type Leg } from '../../shared/call/state.ts'
import type { TrackedCall } from '../../shared/call/track.ts'
import { selectView } from '../../shared/call/view.ts'
import { missingSequences } from '../../shared/history/history.ts'
import { measureAgent } from '../../shared/metrics/agent.ts'
import { type CallFigures, isSeenFromOneSide, measureCall } from '../../shared/metrics/call.ts'
import type { Figure } from '../../shared/metrics/figure.ts'
import { measureJourney } from '../../shared/metrics/journey.ts'
import { measureLeg } from '../../shared/metrics/leg.ts'
import { alignColumns, formatFigure, nameSelf, seconds, secondsIfAny, shortId, spellOut } from './text.ts'

export interface TableOptions {
  /** Whether every event of every session was recorded, so that a missing number is a missed event. */
  readonly isComplete: boolean
  /** Whose figures to print with the events behind them. */
  readonly extensionId: string | undefined
  /** Whether to print the events behind all figures. */
  readonly why: boolean
}

/** The figures of a stream as text for people: each session, then the journeys that several of them make. */
export function formatStream(sessions: readonly TrackedCall[], options: TableOptions): string {
  const journeys = linkCalls(sessions.map(({ call }) => call))
  const monitorIds = new Set(journeys.flatMap((journey) => [...journey.monitorIds]))
  const texts = sessions.map((session) => formatSession(session, monitorIds, options))
  const missing = new Map(sessions.map((session) => [session.call.telephonySessionId, listMissing(session, options)]))
  const linked = journeys.filter(({ calls }) => calls.length > 1)
  return [...texts, ...linked.map((journey) => formatJourney(journey, missing, options))].join('\n\n')
}

function formatSession(tracked: TrackedCall, monitorIds: ReadonlySet<string>, options: TableOptions): string {
  const { call } = tracked
  const missing = listMissing(tracked, options)
  const figures = measureCall(call, missing, monitorIds)
  const people = listPeople(call).filter((id) => id === options.extensionId || options.extensionId === undefined)
  return [
    `Call ${call.telephonySessionId}`,
    '',
    ...alignColumns([HEADINGS, ...call.legs.map((leg) => formatParty(call, leg, monitorIds))]),
    '',
    formatFigures(figures, options),
    ...formatEnd(call),
    ...formatOddities(call, missing),
    ...(options.why ? call.legs.flatMap((leg) => formatLeg(leg, call.legs, missing)) : []),
    ...people.flatMap((id) => formatPerson(call, id, missing, monitorIds, options)),
    ...(options.extensionId !== undefined && people.length === 0
      ? ['', `Extension ${options.extensionId} has no part in this call.`]
      : []),
  ].join('\n')
}

/** Of the whole call. What others did of whom nothing can be seen is not known. */
function formatFigures(figures: CallFigures, { why }: TableOptions): string {
  const { twoWayTalk, hold, callerWait, duration } = figures
  const format = (figure: Figure | undefined) => (why ? formatFigure(figure) : seconds(figure?.ms))
  const formatShared = (figure: Figure | undefined) => (isSeenFromOneSide(figures) ? 'not known' : format(figure))
  const lines = [
    ['two-way talk', formatShared(twoWayTalk)],
    ['on hold', format(hold)],
    ['caller waited', formatShared(callerWait)],
    ['duration', format(duration)],
  ] as const
  if (why) return lines.map(([name, text]) => `${name.padEnd('caller waited  '.length)}${text}`).join('\n')
  return lines.map(([name, text]) => `${name} ${text}`).join(' · ')
}

const HEADINGS = ['party', 'direction', 'who', 'setup', 'ring', 'talk', 'hold', 'parked', 'other', 'total']

function formatParty(call: Call, leg: Leg, monitorIds: ReadonlySet<string>): readonly string[] {
  const { setup, ring, talk, hold, parked, voicemail, fax, other, total } = measureLeg(leg)
  const role = selectRole(call, leg, monitorIds)
  return [
    shortId(leg.id),
    leg.direction ?? '–',
    `${nameSelf(leg, call.legs)}${role === 'listener' ? ' (listens)' : ''}`,
    ...[setup, ring, talk, hold, parked].map(({ ms }) => secondsIfAny(ms)),
    secondsIfAny(voicemail.ms + fax.ms + other.ms),
    seconds(total?.ms),
  ]
}

/** Who left first of those who talked, once everybody has left. */
function formatEnd(call: Call): readonly string[] {
  const leg = isOver(call) ? selectHungUpBy(call) : undefined
  return leg === undefined ? [] : [`ended by ${nameSelf(leg, call.legs)} (party ${shortId(leg.id)})`]
}

/** What was not as it should be, and what was made of it. */
function formatOddities({ legs }: Call, missing: readonly number[]): readonly string[] {
  const sum = (count: (leg: Leg) => number) => legs.reduce((total, leg) => total + count(leg), 0)
  const backward = sum(({ backwardSteps }) => backwardSteps)
  const late = sum(({ eventsAfterEnd }) => eventsAfterEnd)
  const strange = sum(({ unrecognisedWords }) => unrecognisedWords)
  return [
    ...(missing.length > 0 ? [`times are lower bounds: event ${missing.join(', ')} missing`] : []),
    ...(backward > 0 ? [`${backward} times that went backwards were taken as the latest before them`] : []),
    ...(late > 0 ? [`${late} events after a party's end counted nothing`] : []),
    ...(strange > 0 ? [`${strange} events with a state or reason that is not known`] : []),
  ]
}

function formatLeg(leg: Leg, legs: readonly Leg[], missing: readonly number[]): readonly string[] {
  const figures = measureLeg(leg, missing)
  const rows = LEG_STATES.filter((state) => figures[state].stretches.length > 0).map((state) => [
    state,
    formatFigure(figures[state]),
  ])
  return ['', `Party ${shortId(leg.id)} (${nameSelf(leg, legs)})`, ...alignColumns(rows)]
}

function listPeople(call: Call): readonly string[] {
  return [...new Set(call.legs.flatMap(({ extensionId }) => extensionId ?? []))].sort()
}

function formatPerson(
  call: Call,
  extensionId: string,
  missing: readonly number[],
  monitorIds: ReadonlySet<string>,
  options: TableOptions,
): readonly string[] {
  const figures = measureAgent(call, extensionId, missing, monitorIds)
  const view = selectView(call, extensionId)
  if (figures === undefined || view === undefined) return []
  const { name, phoneNumber } = view.counterpart
  const direction = view.direction === 'Inbound' ? 'call from' : 'call to'
  const what = `${direction} ${name ?? phoneNumber ?? 'a withheld number'}: ${spellOut(view.outcome ?? view.phase)}`
  const rows = (['ring', 'talk', 'hold'] as const).map((figure) => [figure, formatFigure(figures[figure])])
  const isUnfolded = options.why || options.extensionId !== undefined
  return ['', `Extension ${extensionId}, ${what}`, ...(isUnfolded ? alignColumns(rows) : [])]
}

function formatJourney(
  journey: Journey,
  missing: ReadonlyMap<string, readonly number[]>,
  { why }: TableOptions,
): string {
  const { had, wait } = measureJourney(journey, missing)
  const legs = journey.calls.flatMap((call) => call.legs)
  const who = journey.customer === undefined ? 'somebody who was not seen' : nameSelf(journey.customer, legs)
  const partners = had.map(({ leg, talk }) => [nameSelf(leg, legs), why ? formatFigure(talk) : seconds(talk.ms)])
  return [
    `Journey of ${who} through ${journey.calls.length} sessions, waited ${why ? formatFigure(wait) : seconds(wait?.ms)}`,
    ...alignColumns(partners),
  ].join('\n')
}

function listMissing({ history }: TrackedCall, { isComplete }: TableOptions): readonly number[] {
  return isComplete ? missingSequences(history) : []
}
