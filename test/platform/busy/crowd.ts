import { SECOND_MS } from '../../../shared/time.ts'
import { createAgenda } from '../agenda.ts'
import { createLiveSession, type LiveSession } from '../calls/live-session.ts'
import type { Happening } from '../calls/notification.ts'
import type { OutgoingEvent } from '../calls/outbox.ts'
import { isRinging } from '../calls/party-state.ts'
import { answer, hold, unhold } from '../calls/steps/connected.ts'
import { hangUp } from '../calls/steps/leave.ts'
import { callQueue, offerTo } from '../calls/steps/queue.ts'
import { callAgent } from '../calls/steps/ring.ts'
import { createTidyTiming } from '../calls/untidiness.ts'
import type { Company } from '../company.ts'
import { ACCOUNT, type Person } from '../people.ts'
import { createJournal } from '../truth/journal.ts'
import { type Truth, tellTruth } from '../truth/truth.ts'
import { drawOutsider } from './callers.ts'
import { type Chances, createChances } from './chances.ts'
import { inventCompany } from './invented-company.ts'

export interface CrowdOptions {
  readonly seed: number
  /** When its first call begins, ms since the epoch. */
  readonly startMs: number
  /** How many calls go on at any time. */
  readonly liveCalls: number
  readonly eventsPerSecond: number
}

/** An account of any size that is always equally full: a call that ends makes room for another. For measuring alone. */
export interface Crowd {
  /** As many people as it takes, and a queue for each hundred of them. */
  readonly company: Company
  /** The events that lead to the calls which go on, in the order in which they happened. */
  readonly opening: readonly Happening[]
  /** The events of the next so many ms. */
  next(ms: number): readonly Happening[]
  nowMs(): number
  /** After all events so far; today is all of it. */
  truth(): Truth
}

interface CrowdCall {
  readonly session: LiveSession
  readonly agent: Person
  readonly agentPartyId: string
}

const QUEUE_SHARE = 0.6

export function createCrowd({ seed, startMs, liveCalls, eventsPerSecond }: CrowdOptions): Crowd {
  const chances = createChances(seed)
  const company = inventCompany(liveCalls)
  const agenda = createAgenda<OutgoingEvent>()
  const journal = createJournal()
  let now = startMs
  let added = 0
  const send = async (events: readonly OutgoingEvent[]): Promise<void> => {
    for (const event of events) agenda.add(now + event.happensAfterMs, event)
    added += events.length
  }
  const open = (): LiveSession =>
    createLiveSession(
      { accountId: ACCOUNT.id, originType: 'Call', callerNameFromSequence: 5 },
      {
        outbox: { send, sendAtOnce: send },
        nowMs: () => now,
        drawTiming: createTidyTiming(),
        onChange: () => {},
      },
    )

  const idle = company.people.filter(({ canSignIn }) => canSignIn)
  const begin = (): CrowdCall => beginCall({ company, chances, open }, takeAny(idle, chances))
  const takeUntil = (untilMs: number): readonly Happening[] => {
    const happenings: Happening[] = []
    for (let due = agenda.takeDue(untilMs); due !== undefined; due = agenda.takeDue(untilMs)) {
      if (due.act.fact !== undefined) journal.record(due.act.fact)
      happenings.push(due.act.happening)
    }
    return happenings
  }

  const calls = Array.from({ length: liveCalls }, begin)
  for (const call of calls) {
    now += 1
    if (chances.happens(0.9)) answer(call.session, call.agentPartyId, call.agent.deviceId)
  }
  now += SECOND_MS
  const opening = takeUntil(now)

  /** One thing happens to one call. */
  const step = (): void => {
    const index = Math.floor(chances.between(0, calls.length))
    const call = calls[index]
    if (call === undefined || goOn(call, chances)) return
    idle.push(call.agent)
    calls[index] = begin()
  }

  return {
    company,
    opening,
    next(ms) {
      const untilMs = now + ms
      const gapMs = SECOND_MS / eventsPerSecond
      const from = { added, atMs: now }
      while (now < untilMs) {
        const before = added
        step()
        now = Math.min(untilMs, from.atMs + Math.round((added - from.added) * gapMs))
        if (added === before) now = Math.min(untilMs, now + 1)
      }
      return takeUntil(untilMs)
    },
    nowMs: () => now,
    truth: () => tellTruth(journal.facts(), { queues: company.queues, daySinceMs: startMs }),
  }
}

function beginCall(
  { company, chances, open }: { company: Company; chances: Chances; open: () => LiveSession },
  agent: Person,
): CrowdCall {
  const session = open()
  const caller = drawOutsider(chances)
  const queue = company.queues.find(({ agents }) => agents.includes(agent))
  if (queue === undefined || !chances.happens(QUEUE_SHARE)) callAgent(session, caller, agent)
  else {
    callQueue(session, caller, queue)
    offerTo(session, caller, queue, [agent])
  }
  const party = session.parties().find(({ owner }) => owner === agent)
  if (party === undefined) throw new Error('A call of the crowd should ring its agent.')
  return { session, agent, agentPartyId: party.id }
}

/** Answers, holds or resumes; `false` when the call was ended instead. */
function goOn({ session, agent, agentPartyId }: CrowdCall, chances: Chances): boolean {
  const { code } = session.party(agentPartyId)
  if (isRinging(code) && chances.happens(0.8)) answer(session, agentPartyId, agent.deviceId)
  else if (code === 'Answered' && chances.happens(0.5)) hold(session, agentPartyId, 'phone')
  else if (code === 'Hold' && chances.happens(0.9)) unhold(session, agentPartyId, 'phone')
  else {
    const [first] = session.present()
    if (first !== undefined) hangUp(session, first.id)
    return false
  }
  return true
}

function takeAny(idle: Person[], chances: Chances): Person {
  const [agent] = idle.splice(Math.floor(chances.between(0, idle.length)), 1)
  if (agent === undefined) throw new Error('A crowd should have more people than calls.')
  return agent
}
