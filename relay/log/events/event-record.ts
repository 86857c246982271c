import type { NewEvent } from '../event-log.ts'

/**
 * An event as a record of a segment:
 *
 * | bytes | |
 * | --- | --- |
 * | 0 | 0 for a notification, 1 for a status, 2 for what a desk told, 3 for what was done |
 * | 1–8 | when it was received, ms since the epoch (float, little endian) |
 * | 9–12 | length of the facts |
 * | 13– | the facts: JSON of `[session, uuid or null, [extensions]]` |
 * | then | the text as it was received |
 *
 * The facts are JSON because ids are opaque and may be anything: half of a surrogate pair has no bytes of its own.
 */
const FACTS_AT = 13
const KINDS = [undefined, 'status', 'desk', 'act'] as const

export type EventFacts = Omit<NewEvent, 'text'>

export function encodeEvent({ uuid, telephonySessionId, extensionIds, receivedAtMs, text, kind }: NewEvent): Buffer {
  const facts = JSON.stringify([telephonySessionId, uuid ?? null, extensionIds])
  const factsBytes = Buffer.byteLength(facts)
  const record = Buffer.allocUnsafe(FACTS_AT + factsBytes + Buffer.byteLength(text))
  record[0] = KINDS.indexOf(kind)
  record.writeDoubleLE(receivedAtMs, 1)
  record.writeUInt32LE(factsBytes, 9)
  record.write(facts, FACTS_AT)
  record.write(text, FACTS_AT + factsBytes)
  return record
}

export function decodeFacts(record: Buffer): EventFacts {
  const facts = JSON.parse(record.toString('utf8', FACTS_AT, textAt(record)))
  const [telephonySessionId, uuid, extensionIds] = facts as [string, string | null, readonly string[]]
  return { telephonySessionId, uuid: uuid ?? undefined, extensionIds, ...decodeRest(record) }
}

/** What is not in the index of a segment. */
export function decodeRest(record: Buffer): Pick<NewEvent, 'receivedAtMs' | 'kind'> {
  const receivedAtMs = record.readDoubleLE(1)
  const kind = KINDS[record[0] ?? 0]
  return kind === undefined ? { receivedAtMs } : { receivedAtMs, kind }
}

export function decodeText(record: Buffer): string {
  return record.toString('utf8', textAt(record))
}

function textAt(record: Buffer): number {
  return FACTS_AT + record.readUInt32LE(9)
}
