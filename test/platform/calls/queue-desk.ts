import { SECOND_MS } from '../../../shared/time.ts'
import type { Directory } from '../directory.ts'
import type { Person } from '../people.ts'
import type { Overflow, Queue } from '../queue.ts'
import type { Speaker } from './ends.ts'
import type { LiveCalls } from './live-calls.ts'
import type { LiveParty } from './live-party.ts'
import type { LiveSession } from './live-session.ts'
import { hasLeft, isRinging } from './party-state.ts'
import { createQueueAgents } from './queue-agents.ts'
import {
  callQueue,
  giveToQueue,
  offerTo,
  redirectToPerson,
  redirectToQueue,
  takeMessage,
  takeOfferBack,
  takeOffersBack,
} from './steps/queue.ts'

/** What a caller hears before the first agent is rung. */
const GREETING_MS = 2_400
/** How long an agent who declined is left alone. */
const DECLINED_PAUSE_MS = 5 * SECOND_MS

/** Rings agents for callers who wait, as the settings of their queues say. */
export interface QueueDesk {
  /** Somebody calls a queue: they wait until an agent answers, they give up, or the queue sends them elsewhere. */
  enter(session: LiveSession, caller: Speaker, queue: Queue, options?: EnterOptions): void
  /** Somebody gives the other side of their call to a queue, whose party it answers with. */
  give(session: LiveSession, partyId: string, queue: Queue, how: Giving, options?: EnterOptions): string
}

/** What a person does with a call that goes to a queue: before they pick up, or after. */
type Giving = 'forward' | 'transfer'

export interface EnterOptions {
  /** Agents who are not rung for this caller; none unless given. */
  readonly spares?: (agent: Person) => boolean
}

/** One caller in one queue. */
interface Waiting {
  readonly session: LiveSession
  readonly caller: Speaker
  readonly queue: Queue
  readonly queuePartyId: string
  readonly spares: (agent: Person) => boolean
  /** No agent is rung before. */
  readonly ringsFromMs: number
}

export interface DeskWorld {
  readonly calls: LiveCalls
  readonly directory: Directory
  readonly nowMs: () => number
  readonly later: (ms: number, act: () => void) => void
}

export function createQueueDesk({ calls, directory, nowMs, later }: DeskWorld): QueueDesk {
  /** In the order in which they came. */
  let waiting: readonly Waiting[] = []
  const agents = createQueueAgents({ calls, directory, nowMs })
  let isDistributing = false

  const isRung = ({ session, queue }: Waiting): boolean =>
    session.present().some((party) => party.queue === queue && isRinging(party.code))

  const offer = (one: Waiting): void => {
    const { session, caller, queue } = one
    const { transferMode, agentTimeoutS } = queue.settings
    const ringsAll = transferMode === 'Simultaneous'
    if (nowMs() < one.ringsFromMs || (!ringsAll && isRung(one))) return
    const free = agents.free(queue).filter((agent) => !one.spares(agent))
    // A queue that rings everybody rings nobody twice for the same caller.
    const rung = ringsAll ? free.filter((agent) => !hasBeenRung(session, agent)) : free.slice(0, 1)
    if (rung.length === 0) return
    const offers = offerTo(session, caller, queue, rung)
    if (ringsAll) return
    for (const partyId of offers)
      later(agentTimeoutS * SECOND_MS, () => {
        if (isRinging(session.party(partyId).code)) takeOfferBack(session, partyId)
      })
  }

  /** A caller who is rung for changes who is free for the next; the changes of an offer come back here. */
  const distribute = (): void => {
    if (isDistributing) return
    isDistributing = true
    for (const one of waiting) offer(one)
    isDistributing = false
  }

  const sendElsewhere = (one: Waiting, to: Overflow): void => {
    const { session, caller, queuePartyId } = one
    waiting = waiting.filter((other) => other !== one)
    takeOffersBack(session, one.queue.extensionId)
    const next = to === 'Voicemail' ? undefined : directory.findQueue(session.accountId, to.toExtensionId)
    const person = to === 'Voicemail' ? undefined : directory.find(session.accountId, to.toExtensionId)
    if (next !== undefined) admit(session, caller, next, redirectToQueue(session, queuePartyId, caller, next), one)
    else if (person !== undefined) redirectToPerson(session, queuePartyId, person)
    else takeMessage(session, queuePartyId)
  }

  const admit = (
    session: LiveSession,
    caller: Speaker,
    queue: Queue,
    queuePartyId: string,
    { spares }: Pick<Waiting, 'spares'>,
  ): void => {
    const { transferMode, holdS, expired, maxCallers, full } = queue.settings
    const greetingMs = transferMode === 'Simultaneous' ? 0 : GREETING_MS
    const one: Waiting = { session, caller, queue, queuePartyId, spares, ringsFromMs: nowMs() + greetingMs }
    const isFull = waiting.filter((other) => other.queue === queue).length >= maxCallers
    waiting = [...waiting, one]
    if (isFull) {
      sendElsewhere(one, full)
      return
    }
    later(greetingMs, distribute)
    later(holdS * SECOND_MS, () => {
      if (waiting.includes(one)) sendElsewhere(one, expired)
    })
    distribute()
  }

  calls.onChange((session, before, after) => {
    waiting = waiting.filter((one) => one.session !== session || isWaiting(one))
    if (after.owner !== undefined && hasLeft(after.code) && !hasLeft(before.code)) {
      const restMs = restOf(before, after)
      agents.rest(after.owner.extensionId, restMs)
      if (restMs > 0) later(restMs, distribute)
    }
    distribute()
  })

  return {
    enter: (session, caller, queue, { spares = () => false } = {}) =>
      admit(session, caller, queue, callQueue(session, caller, queue), { spares }),
    give(session, partyId, queue, how, { spares = () => false } = {}) {
      const { queuePartyId, caller } = giveToQueue(session, partyId, queue, how)
      admit(session, caller, queue, queuePartyId, { spares })
      return queuePartyId
    },
  }
}

function hasBeenRung(session: LiveSession, { extensionId }: Person): boolean {
  return session.parties().some((party) => party.queue !== undefined && party.extensionId === extensionId)
}

/** A queue that took a message, or whose caller was answered, has nobody waiting. */
function isWaiting({ session, queuePartyId }: Waiting): boolean {
  const { code } = session.party(queuePartyId)
  return !hasLeft(code) && code !== 'VoiceMail'
}

/** After a call of a queue its wrap-up; after an offer that was declined a moment. */
function restOf(before: LiveParty, after: LiveParty): number {
  if (before.queue === undefined) return 0
  if (!isRinging(before.code)) return before.queue.settings.wrapUpS * SECOND_MS
  return after.status.reason === undefined || after.status.reason === 'Rejected' ? DECLINED_PAUSE_MS : 0
}
