import type { Endpoint, Party } from '../protocol/party.ts'
import { isOutside } from './outside.ts'
import type { PartyFacts } from './state.ts'

/**
 * The facts of a party from all reports about it, in their order. Names come several events late and some fields come once only,
 * so what a report leaves out is kept; the direction and the "was once so" flags stay as they were first.
 */
export function collectFacts(reports: readonly Party[]): PartyFacts {
  let from = NOBODY
  let to = NOBODY
  let direction: PartyFacts['direction']
  let accountId: string | undefined
  let extensionId: string | undefined
  let queueCall = false
  let queueName: string | undefined
  let callerIdName: string | undefined
  let callerIdNumber: string | undefined
  let ringOutRole: string | undefined
  let conferenceRole: string | undefined
  let parkedAt: string | undefined
  let recordings: PartyFacts['recordings'] = NO_RECORDINGS
  let missedCall = false
  let muted = false
  let wasHeard = false
  for (const report of reports) {
    if (isOther(from, report.from)) {
      from = report.from
      // What was told for display is about the caller of its time: of one who has replaced them it says nothing.
      callerIdName = undefined
      callerIdNumber = undefined
    } else from = improve(from, report.from)
    to = isOther(to, report.to) ? report.to : improve(to, report.to)
    direction ??= report.direction
    accountId = report.accountId ?? accountId
    extensionId = report.extensionId ?? extensionId
    queueCall ||= report.queueCall
    queueName = report.queueName ?? queueName
    callerIdName = report.callerIdName ?? callerIdName
    callerIdNumber = report.callerIdNumber ?? callerIdNumber
    ringOutRole = report.ringOutRole ?? ringOutRole
    conferenceRole = report.conferenceRole ?? conferenceRole
    parkedAt = report.parkedAt ?? parkedAt
    if (report.recordings.length > 0) recordings = report.recordings
    missedCall ||= report.missedCall
    muted = report.muted
    wasHeard ||= !report.muted
  }
  return {
    direction,
    accountId,
    extensionId,
    from,
    to,
    queueCall,
    queueName,
    callerIdName,
    callerIdNumber,
    ringOutRole,
    conferenceRole,
    parkedAt,
    recordings,
    missedCall,
    muted,
    wasHeard,
  }
}

const NO_RECORDINGS: PartyFacts['recordings'] = []
const NOBODY: Endpoint = { phoneNumber: undefined, name: undefined, extensionId: undefined, deviceId: undefined }

/**
 * Whether an end is told to be another party than before (SPEC.md L8): another number, another extension, or where neither can be compared
 * another name. Then it is taken whole: a transfer puts a customer in a colleague's place, and nothing of the colleague is theirs. The same
 * extension has several numbers, and a number may be told before its extension: one that agrees is enough.
 */
function isOther(known: Endpoint, next: Endpoint): boolean {
  if (known.phoneNumber !== undefined && known.phoneNumber === next.phoneNumber) return false
  if (known.extensionId !== undefined && known.extensionId === next.extensionId) return false
  if (isDifferent(known.phoneNumber, next.phoneNumber) || isDifferent(known.extensionId, next.extensionId)) return true
  return isReplaced(known, next)
}

/** Whether an end is another party though neither its number nor its extension can be compared with the one before. */
function isReplaced(known: Endpoint, next: Endpoint): boolean {
  if (known.phoneNumber === undefined && known.extensionId === undefined) return false
  const isRenamed = isDifferent(known.name, next.name)
  // A name alone: a colleague is called the same in the whole call, and an outside caller may be named better.
  if (next.phoneNumber === undefined && next.extensionId === undefined) return isRenamed && !isOutside(known)
  // A colleague who was told by extension is never told by an outside number alone.
  const isLeftOut = known.extensionId !== undefined && isOutside(next)
  return isRenamed || (isLeftOut && (known.name === undefined || next.name === undefined))
}

function isDifferent(known: string | undefined, next: string | undefined): boolean {
  return known !== undefined && next !== undefined && known !== next
}

/** The same party, better told. */
function improve(known: Endpoint, next: Endpoint): Endpoint {
  if (known === NOBODY) return next
  return {
    phoneNumber: next.phoneNumber ?? known.phoneNumber,
    name: next.name ?? known.name,
    extensionId: next.extensionId ?? known.extensionId,
    deviceId: next.deviceId ?? known.deviceId,
  }
}
