import { setImmediate } from 'node:timers/promises'
import type { ActRecord } from '../../shared/protocol/act.ts'
import type { DeskRecord } from '../../shared/protocol/desk.ts'
import { decodeNotification } from '../../shared/protocol/notification.ts'
import { findPosition } from '../calls/find-start.ts'
import { parseJson } from '../json.ts'
import type { EventLog, LoggedEvent } from '../log/event-log.ts'
import { decodeAct } from '../wire/act-record.ts'
import { decodeDesk } from '../wire/desk-record.ts'

/** One record of what was done, and when it was written; ms since the epoch, relay's clock. */
export interface AuditStep {
  readonly atMs: number
  readonly record: ActRecord
}

export interface AuditPage {
  /** In the order of the log. */
  readonly steps: readonly AuditStep[]
  /** All up to here was looked at; the next page begins after it. */
  readonly upToPosition: number
  readonly isLast: boolean
}

export interface AuditRequest {
  /** What was written before is left out; ms since the epoch. */
  readonly sinceMs: number
  /** Where the page before has ended; absent for the first. */
  readonly afterPosition?: number | undefined
}

type AuditLog = Pick<EventLog, 'read' | 'readSession' | 'oldestPosition' | 'headPosition'>

/** So many are read in two or three milliseconds; then deliveries and clients have their turn. */
const READ_EVENTS = 200
const READS_A_PAGE = 20

/** What rules and people did with calls since a moment, a page at a time; of hands and whispers only that they were. */
export async function readAudit(log: AuditLog, { sinceMs, afterPosition }: AuditRequest): Promise<AuditPage> {
  let upToPosition = afterPosition ?? (await findPosition(log, sinceMs))
  const steps: AuditStep[] = []
  for (let read = 0; read < READS_A_PAGE && upToPosition < log.headPosition; read++) {
    const events = await log.read(upToPosition, READ_EVENTS)
    for (const event of events) {
      const record = describe(event)
      if (record !== undefined) steps.push({ atMs: event.receivedAtMs, record: await withCaller(record, log) })
    }
    upToPosition = events.at(-1)?.position ?? log.headPosition
    await setImmediate()
  }
  return { steps, upToPosition, isLast: upToPosition >= log.headPosition }
}

function describe(event: LoggedEvent): ActRecord | undefined {
  const desk = decodeDesk(event)
  return desk === undefined ? decodeAct(event) : describeDesk(desk, event.position)
}

/** The text of a whisper was for one person. */
function describeDesk(desk: DeskRecord, position: number): ActRecord {
  const { telephonySessionId, from } = desk
  const common = { step: 'answered', actId: `desk ${position}`, telephonySessionId, outcome: 'done' } as const
  if (desk.kind === 'hand') {
    return { ...common, by: { extensionId: from }, act: 'hand', text: desk.raised ? 'raised' : 'lowered' }
  }
  const { fromName, to } = desk
  const by = { extensionId: from, ...(fromName !== undefined && { name: fromName }) }
  return { ...common, by, act: 'whisper', to: { extensionId: to } }
}

/** With the number of the other side, where the log has told it by now. */
async function withCaller(record: ActRecord, log: AuditLog): Promise<ActRecord> {
  if (record.caller !== undefined || record.telephonySessionId === '') return record
  for (const { kind, text } of await log.readSession(record.telephonySessionId, log.headPosition + 1)) {
    const decoded = kind === undefined ? decodeNotification(parseJson(text)) : undefined
    const parties = decoded?.kind === 'telephony' ? decoded.notification.parties : []
    const ends = parties.flatMap(({ from, to }) => [from, to])
    const outside = ends.find((end) => end?.phoneNumber !== undefined && end.extensionId === undefined)
    if (outside?.phoneNumber !== undefined) return { ...record, caller: outside.phoneNumber }
  }
  return record
}
