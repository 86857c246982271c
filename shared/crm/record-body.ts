import { unreachable } from '../assert.ts'
import { SECOND_MS } from '../time.ts'
import type { CallRecord, RecordOutcome } from './call-record.ts'

/** What is known of a call besides its events. */
export interface RecordContext {
  /** What an extension is called, where its events don't say. */
  nameOf(extensionId: string): string | undefined
  /** What people wrote on the card, in the order in which they had the call. */
  readonly notes: readonly { readonly extensionId: string; readonly text: string }[]
}

/** The line by which a record is found again: the last of its body. */
export function markerOf(key: string): string {
  return `Ringside ${key}`
}

/** A line for lists: `Incoming call, 65 s talk`. */
export function composeTitle(call: CallRecord): string {
  const what = call.direction === 'Inbound' ? 'Incoming call' : 'Outgoing call'
  return `${what}, ${call.outcome === 'answered' ? `talked ${formatClock(call.talkMs)}` : nameOutcome(call.outcome)}`
}

/** The record as plain text. All times are to the millisecond, whatever the CRM's own fields can hold. */
export function composeBody(call: CallRecord, context: RecordContext): string {
  const paragraphs = [
    [describeWay(call), `Outcome ${nameOutcome(call.outcome)}`],
    [
      `Duration ${formatSeconds(call.durationMs)}`,
      `Wait ${formatSeconds(call.waitMs)}`,
      `Ring ${formatSeconds(call.ringMs)}`,
      `Talk ${formatSeconds(call.talkMs)}`,
      `Hold ${formatSeconds(call.holdMs)}`,
      ...(call.isEstimate ? ['Some events were missed: times may be off.'] : []),
    ],
    listTalkers(call, context),
    ...context.notes.map(({ extensionId, text }) => [
      `Note by ${context.nameOf(extensionId) ?? extensionId}`,
      text.trim(),
    ]),
    [markerOf(call.key)],
  ]
  return paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

function describeWay({ direction, customerNumber, customerName, companyNumber, queueName }: CallRecord): string {
  const customer = [customerName, customerNumber ?? 'a withheld number'].filter(Boolean).join(', ')
  const way = direction === 'Inbound' ? `Incoming call from ${customer}` : `Outgoing call to ${customer}`
  const company =
    companyNumber === undefined ? '' : direction === 'Inbound' ? ` to ${companyNumber}` : ` from ${companyNumber}`
  return `${way}${company}${queueName === undefined ? '' : `, queue ${queueName}`}`
}

function listTalkers({ talkers, wasTransferred }: CallRecord, { nameOf }: RecordContext): readonly string[] {
  if (talkers.length === 0) return []
  const lines = talkers.map(({ extensionId, name, phoneNumber, talkMs }) => {
    const known = extensionId === undefined ? undefined : nameOf(extensionId)
    // The number of who was rung for a queue is the queue's.
    return `${known ?? name ?? extensionId ?? phoneNumber ?? 'Somebody'} ${formatSeconds(talkMs)}`
  })
  return [
    wasTransferred ? 'Talked with the customer, the call was transferred:' : 'Talked with the customer:',
    ...lines,
  ]
}

export function nameOutcome(outcome: RecordOutcome): string {
  switch (outcome) {
    case 'answered':
      return 'answered'
    case 'missed':
      return 'not answered'
    case 'callerGaveUp':
      return 'caller hung up before an answer'
    case 'voicemail':
      return 'voicemail'
    case 'replied':
      return 'answered by a message'
    case 'rejected':
      return 'rejected'
    case 'busy':
      return 'busy'
    case 'failed':
      return 'failed'
    case 'cancelled':
      return 'cancelled'
    case 'notPlaced':
      return 'not placed'
    case 'fax':
      return 'fax'
    default:
      return unreachable(outcome)
  }
}

/** `12.414 s` */
function formatSeconds(ms: number): string {
  return `${(ms / SECOND_MS).toFixed(3)} s`
}

/** `1:05` */
function formatClock(ms: number): string {
  const seconds = Math.round(ms / SECOND_MS)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
