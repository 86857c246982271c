import { isOver, selectHungUpBy } from '../../shared/call/end.ts'
import { type Journey, linkCalls } from '../../shared/call/journey.ts'
import { type MyCall, selectMyCalls } from '../../shared/call/my-calls.ts'
import { selectRole } from '../../shared/call/roles.ts'
import { type Call, LEG_STATES, type Leg } from '../../shared/call/state.ts'
import type { TrackedCall } from '../../shared/call/track.ts'
import { missingSequences } from '../../shared/history/history.ts'
import { type CallFigures, isSeenFromOneSide, measureCall } from '../../shared/metrics/call.ts'
import type { Figure } from '../../shared/metrics/figure.ts'
import { measureJourney } from '../../shared/metrics/journey.ts'
import { measureLeg } from '../../shared/metrics/leg.ts'
import { measureMyCall } from '../../shared/metrics/my-call.ts'
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
  const missing = new Map(sessions.map((session) => [session.call.telephonySessionId, listMissing(session, options)]))
  const people = describePeople(sessions, missing)
  const texts = sessions.map((session) => formatSession(session, monitorIds, people, options))
  const linked = journeys.filter(({ calls }) => calls.length > 1)
  return [...texts, ...linked.map((journey) => formatJourney(journey, missing, options))].join('\n\n')
}

/** Whose sessions they are, by extension, and the figures of each. */
interface People {
  ofSession(call: Call, extensionId: string): { readonly mine: MyCall; readonly lines: readonly string[] } | undefined
}

function describePeople(sessions: readonly TrackedCall[], missing: ReadonlyMap<string, readonly number[]>): People {
  const calls = sessions.map(({ call }) => call)
  const extensionIds = new Set(calls.flatMap(listPeople))
  const mine = new Map([...extensionIds].map((id) => [id, selectMyCalls(calls, id)]))
  return {
    ofSession: (call, extensionId) => {
      const one = mine.get(extensionId)?.find((candidate) => candidate.call === call)
      const figures = one && measureMyCall(one, extensionId, ({ telephonySessionId: id }) => missing.get(id) ?? [])
      if (one === undefined || figures === undefined) return undefined
      const rows = (['ring', 'talk', 'hold'] as const).map((name) => [name, formatFigure(figures.agent[name])])
      const both = one.journey.calls.length > 1 ? [['two-way', formatFigure(figures.call.twoWayTalk)]] : []
      return { mine: one, lines: alignColumns([...rows, ...both]) }
    },
  }
}

function formatSession(
  tracked: TrackedCall,
  monitorIds: ReadonlySet<string>,
  everybody: People,
  options: TableOptions,
): string {
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
    ...people.flatMap((id) => formatPerson(call, id, everybody, options)),
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
  const strange = sum(({ unrecognisedReports }) => unrecognisedReports)
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

function formatPerson(call: Call, extensionId: string, people: People, options: TableOptions): readonly string[] {
  const one = people.ofSession(call, extensionId)
  if (one === undefined) return []
  const { view } = one.mine
  const { name, phoneNumber } = view.counterpart
  const direction = view.direction === 'Inbound' ? 'call from' : 'call to'
  const others = view.conferenceWith.map((other) => other.name ?? other.phoneNumber)
  const conference = others.length === 0 ? '' : `, in a conference with ${others.join(', ')}`
  const who = `${direction} ${name ?? phoneNumber ?? 'a withheld number'}${conference}`
  const what = `${who}: ${spellOut(view.outcome ?? view.phase)}${describePart(one.mine)}`
  const isUnfolded = options.why || options.extensionId !== undefined
  return ['', `Extension ${extensionId}, ${what}`, ...(isUnfolded ? one.lines : [])]
}

/** What a session that is no call by itself counts as. */
function describePart({ kind, customerCallId }: MyCall): string {
  if (kind === 'call') return ''
  return customerCallId === undefined ? ` (${kind}, counts nowhere)` : ` (${kind}, a part of ${customerCallId})`
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
