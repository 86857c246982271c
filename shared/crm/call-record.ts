import { selectAnsweredAt, selectCalled, selectTaker } from '../call/answer.ts'
import { isTransfer } from '../call/end.ts'
import type { Journey } from '../call/journey.ts'
import { selectConnected, selectFirst, selectStart } from '../call/leg.ts'
import { describeSelf } from '../call/other-side.ts'
import { type Outcome, selectOutcome } from '../call/outcome.ts'
import { selectPartyName } from '../call/party-name.ts'
import { selectCaller, selectDirection, selectMine, selectRole } from '../call/roles.ts'
import type { Call, Leg } from '../call/state.ts'
import { selectCounterpart } from '../call/view.ts'
import { measureAgent } from '../metrics/agent.ts'
import { measureCall } from '../metrics/call.ts'
import { isEstimate, sumFigure, uniteStretches } from '../metrics/figure.ts'
import { listStages, measureJourney } from '../metrics/journey.ts'
import { type Customer, listCustomers } from './customers.ts'

/**
 * A customer call as a CRM gets it: one person from outside and their way through the company, over all sessions that it took, once it
 * is over for everybody. The times are those that `npm run replay` prints.
 */
export interface CallRecord {
  /** The session that the call is known by: the first with the customer in it. */
  readonly key: string
  /** Every session that the call was tied to, by their start. */
  readonly telephonySessionIds: readonly string[]
  /** Which way the call began, for the company. */
  readonly direction: 'Inbound' | 'Outbound'
  /** The first event, ms since the epoch, RingCentral's clock like all moments here. */
  readonly startedMs: number
  /** When a person first answered; `undefined` when nobody did. */
  readonly answeredMs: number | undefined
  /** When the customer left. */
  readonly endedMs: number
  /** From the first answer by a person to the customer's end; 0 when nobody answered. */
  readonly durationMs: number
  /** Absent where it is withheld. */
  readonly customerNumber: string | undefined
  /** As the network tells it. */
  readonly customerName: string | undefined
  /** The number of the company that was called, or that it called with. */
  readonly companyNumber: string | undefined
  readonly outcome: RecordOutcome
  /** The queue that the call came through first. */
  readonly queueName: string | undefined
  /** How long the phone rang that was answered, or else the first. */
  readonly ringMs: number
  /** How long the customer talked with somebody. */
  readonly talkMs: number
  /** How long somebody was on hold while the customer was there. */
  readonly holdMs: number
  /** From the first event until the customer talked with somebody, or to the end. */
  readonly waitMs: number
  /** Everyone who talked with the customer, in the order of their first word. */
  readonly talkers: readonly Talker[]
  /** Extension id of whose call it is: who talked longest, or else the only one who could have. */
  readonly ownerExtensionId: string | undefined
  readonly wasTransferred: boolean
  /** Whether events were missed, so that a time may be off. */
  readonly isEstimate: boolean
}

export interface Talker {
  /** Absent for somebody outside to whom the call was forwarded. */
  readonly extensionId: string | undefined
  readonly name: string | undefined
  readonly phoneNumber: string | undefined
  readonly talkMs: number
}

/** How a call came out for the customer. `callerGaveUp`: they hung up before anybody answered. */
export type RecordOutcome = Exclude<Outcome, 'transferred' | 'parked' | 'answeredElsewhere'>

/** What a queue is called, by its extension id; `undefined` for what is none, as far as is known. */
export type QueueNameOf = (extensionId: string) => string | undefined

/**
 * The customer calls of a journey; none where everybody is a colleague. Usually one. Where calls of several customers were merged each is
 * a call of its own, as in the reports. To be asked when all sessions are over.
 */
export function composeRecords(journey: Journey, queueNameOf: QueueNameOf = () => undefined): readonly CallRecord[] {
  return listCustomers(journey).map((customer) =>
    compose({ ...journey, customer: customer.leg }, customer, queueNameOf),
  )
}

function compose(journey: Journey, customer: Customer, queueNameOf: QueueNameOf): CallRecord {
  const { calls } = journey
  const { call, leg } = customer
  const stages = selectStages(calls, leg)
  const direction = selectWay(customer)
  const startedMs = call.startedMs ?? selectStart(leg).timeMs
  const endedMs = Math.max(startedMs, stages.at(-1)?.leg.latestMs ?? startedMs)
  const agentId = customer.isUnseen ? leg.extensionId : selectAgentId(call, direction)
  const outcome = customer.isUnseen ? selectOwnOutcome(call, leg) : selectUnanswered(call, direction)
  const answeredMs = customer.isUnseen ? selectOwnAnswerMs(leg, outcome) : selectAnsweredMs(stages)
  const { talkers, ...times } = measureTimes(journey, customer, { stages, agentId, startedMs, endedMs })
  const record: CallRecord = {
    key: call.telephonySessionId,
    telephonySessionIds: calls.map(({ telephonySessionId }) => telephonySessionId),
    direction,
    startedMs,
    answeredMs,
    endedMs,
    durationMs: answeredMs === undefined ? 0 : Math.max(0, endedMs - answeredMs),
    ...describeNumbers(customer),
    outcome: answeredMs === undefined ? outcome : 'answered',
    queueName: selectQueueName(calls),
    ...times,
    talkers,
    ownerExtensionId: selectOwnerId(talkers) ?? agentId,
    wasTransferred: calls.some(({ legs }) => legs.some(({ end }) => end !== undefined && isTransfer(end))),
  }
  const queueName = record.ownerExtensionId === undefined ? undefined : queueNameOf(record.ownerExtensionId)
  return queueName === undefined
    ? record
    : describeWaiting(record, { queueName, outcome: selectMailbox(call) ?? outcome })
}

/**
 * A call that came no farther than a queue: no event tells that it is one where no agent's phone rang, and it looks like somebody who was
 * called. Some queues answer while the caller waits.
 */
function describeWaiting(
  record: CallRecord,
  { queueName, outcome }: Pick<CallRecord, 'outcome'> & { readonly queueName: string },
): CallRecord {
  const { startedMs, endedMs } = record
  return {
    ...record,
    queueName: record.queueName ?? queueName,
    outcome,
    ownerExtensionId: undefined,
    answeredMs: undefined,
    durationMs: 0,
    ringMs: 0,
    talkMs: 0,
    holdMs: 0,
    waitMs: endedMs - startedMs,
    talkers: [],
  }
}

/** A mailbox or fax that took the caller in, also where the queue had answered before. */
function selectMailbox({ legs }: Call): RecordOutcome | undefined {
  return (['voicemail', 'fax'] as const).find((state) => legs.some((leg) => selectFirst(leg, state) !== undefined))
}

function selectQueueName(calls: readonly Call[]): string | undefined {
  const leg = calls.flatMap(({ legs }) => legs).find(({ queueCall }) => queueCall)
  return leg?.queueName ?? leg?.to.name
}

function selectWay({ leg, isUnseen }: Customer): CallRecord['direction'] {
  const own = selectDirection(leg)
  if (isUnseen) return own
  return own === 'Outbound' ? 'Inbound' : 'Outbound'
}

function describeNumbers({ leg, call, isUnseen }: Customer) {
  const [customer, company] = isUnseen
    ? [selectCounterpart(leg), describeSelf(leg)]
    : [{ ...describeSelf(leg), name: selectPartyName(call, leg) }, selectCounterpart(leg)]
  return {
    customerNumber: customer.phoneNumber,
    customerName: customer.name,
    companyNumber: company.phoneNumber,
  }
}

/** With nothing else to go by the colleague's own answer counts. */
function selectOwnOutcome(call: Call, { extensionId = '' }: Leg): RecordOutcome {
  return asUnanswered(selectOutcome(call, selectMine(call, extensionId))) ?? 'answered'
}

function selectOwnAnswerMs(leg: Leg, outcome: RecordOutcome): number | undefined {
  return outcome === 'answered' ? selectConnected(leg)?.timeMs : undefined
}

/** The customer's parties, one after the other, each with its session. */
interface Stage {
  readonly leg: Leg
  readonly call: Call
}

function selectStages(calls: readonly Call[], customer: Leg): readonly Stage[] {
  return listStages({ calls, customer }).flatMap((leg) => {
    const call = calls.find(({ legs }) => legs.includes(leg))
    return call === undefined ? [] : [{ leg, call }]
  })
}

/** Where the customer goes on in another session, who was there before did not answer them. */
function selectAnsweredMs(stages: readonly Stage[]): number | undefined {
  for (const [index, { leg, call }] of stages.entries()) {
    const answered = selectAnsweredAt(call)
    if (answered !== undefined)
      return index === 0 ? answered.timeMs : Math.max(answered.timeMs, selectStart(leg).timeMs)
  }
  return undefined
}

interface Measured {
  readonly stages: readonly Stage[]
  readonly agentId: string | undefined
  readonly startedMs: number
  readonly endedMs: number
}

/** In a single session they are the figures of the session; where several were tied together, of all of them. */
function measureTimes(
  journey: Journey,
  { call, leg, isUnseen }: Customer,
  { stages, agentId, startedMs, endedMs }: Measured,
) {
  const { calls, monitorIds } = journey
  const whole = measureCall(call, [], monitorIds)
  const agent = agentId === undefined ? undefined : measureAgent(call, agentId, [], monitorIds)
  const had = isUnseen && agent !== undefined ? [{ leg, talk: agent.talk }] : measureJourney(journey).had
  const talkers = had.flatMap((one) => (one.talk.ms > 0 ? describeTalker(one.leg, calls, one.talk.ms) : []))
  const common = {
    talkers,
    ringMs: agent?.ring.ms ?? 0,
    isEstimate: isEstimate(whole.hold, whole.callerWait, ...had.map(({ talk }) => talk)),
  }
  if (calls.length === 1 && !isUnseen) {
    const waitMs = whole.callerWait?.ms ?? endedMs - startedMs
    return { ...common, talkMs: whole.twoWayTalk.ms, holdMs: whole.hold.ms, waitMs }
  }
  const talk = uniteStretches(had.flatMap(({ talk: { stretches } }) => stretches))
  const holds = stages.flatMap((stage) => measureCall(stage.call, [], monitorIds).hold.stretches)
  const waitMs = (talk[0]?.from.timeMs ?? endedMs) - startedMs
  return { ...common, talkMs: sumFigure(talk).ms, holdMs: sumFigure(uniteStretches(holds)).ms, waitMs }
}

function describeTalker(leg: Leg, calls: readonly Call[], talkMs: number): Talker {
  const legs = calls.flatMap((call) => call.legs)
  return {
    extensionId: leg.extensionId,
    name: selectPartyName({ legs }, leg),
    phoneNumber: describeSelf(leg).phoneNumber,
    talkMs,
  }
}

/** Who took the call, or who called; of a call that nobody took, the one whose phone alone rang. */
function selectAgentId(call: Call, direction: CallRecord['direction']): string | undefined {
  if (direction === 'Outbound') return selectCaller(call)?.extensionId
  const taker = selectTaker(call)
  if (taker !== undefined) return taker.leg.extensionId
  const rung = new Set(selectCalled(call).flatMap(({ extensionId }) => extensionId ?? []))
  return rung.size === 1 ? [...rung][0] : undefined
}

function selectOwnerId(talkers: readonly Talker[]): string | undefined {
  const own = talkers.filter(({ extensionId }) => extensionId !== undefined)
  return own.reduce<Talker | undefined>(
    (most, one) => (most === undefined || one.talkMs > most.talkMs ? one : most),
    undefined,
  )?.extensionId
}

/** Of those whose phones rang the outcome that tells most: that they left a message says more than that another phone rang out. */
const MOST_TELLING: readonly RecordOutcome[] = [
  'voicemail',
  'replied',
  'fax',
  'rejected',
  'busy',
  'failed',
  'missed',
  'callerGaveUp',
]

function selectUnanswered(call: Call, direction: CallRecord['direction']): RecordOutcome {
  if (direction === 'Outbound')
    return asUnanswered(selectOutcome(call, selectOwnLegs(call, selectCaller(call)))) ?? 'missed'
  const ids = new Set(selectCalled(call).flatMap(({ extensionId }) => extensionId ?? []))
  const outcomes = [...[...ids].map((id) => selectOutcome(call, selectMine(call, id))), ...selectMachines(call)]
  return MOST_TELLING.find((one) => outcomes.includes(one)) ?? 'callerGaveUp'
}

/** What took the call in the end where it is no person's: the mailbox of a queue, or its fax. */
function selectMachines(call: Call): readonly RecordOutcome[] {
  const places = call.legs.filter((leg) => selectRole(call, leg) === 'passage')
  const outcomes = places.map((leg) => selectOutcome(call, [leg]))
  return (['voicemail', 'fax'] as const).filter((one) => outcomes.includes(one))
}

function selectOwnLegs(call: Call, caller: Leg | undefined): readonly Leg[] {
  if (caller === undefined) return []
  return caller.extensionId === undefined ? [caller] : selectMine(call, caller.extensionId)
}

/** What can't be said of a call that nobody answered. */
function asUnanswered(outcome: Outcome): RecordOutcome | undefined {
  return outcome === 'transferred' || outcome === 'parked' || outcome === 'answeredElsewhere' ? undefined : outcome
}
