import type { Endpoint, Party } from '../protocol/party.ts'
import type { PartyFacts } from './state.ts'

/**
 * The facts of a party from all reports about it, in their order. Names come several events late and some fields come once only,
 * so what a report leaves out is kept; the direction and the "was once so" flags stay as they were first.
 */
export function collectFacts(reports: readonly Party[]): PartyFacts {
  const last = reports.at(-1)
  const from = latestEndpoint(reports.map((report) => report.from))
  // What is told for display is about the caller of its time: of one who has been replaced it says nothing.
  const sinceFrom = reports.slice(from.sinceIndex)
  return {
    direction: first(reports, ({ direction }) => direction),
    accountId: latest(reports, ({ accountId }) => accountId),
    extensionId: latest(reports, ({ extensionId }) => extensionId),
    from: from.endpoint,
    to: latestEndpoint(reports.map(({ to }) => to)).endpoint,
    queueCall: reports.some(({ queueCall }) => queueCall),
    queueName: latest(reports, ({ queueName }) => queueName),
    callerIdName: latest(sinceFrom, ({ callerIdName }) => callerIdName),
    callerIdNumber: latest(sinceFrom, ({ callerIdNumber }) => callerIdNumber),
    ringOutRole: latest(reports, ({ ringOutRole }) => ringOutRole),
    conferenceRole: latest(reports, ({ conferenceRole }) => conferenceRole),
    parkedAt: latest(reports, ({ parkedAt }) => parkedAt),
    recordings: latest(reports, ({ recordings }) => (recordings.length > 0 ? recordings : undefined)) ?? [],
    missedCall: reports.some(({ missedCall }) => missedCall),
    muted: last?.muted ?? false,
    wasHeard: reports.some(({ muted }) => !muted),
  }
}

const NOBODY: Endpoint = { phoneNumber: undefined, name: undefined, extensionId: undefined, deviceId: undefined }

/**
 * One end of a leg as last told, and the index of the first report that is about it. Another number or another extension is
 * another party, taken whole: a transfer puts a customer in a colleague's place, and nothing of the colleague is theirs.
 */
function latestEndpoint(ends: readonly Endpoint[]): { readonly endpoint: Endpoint; readonly sinceIndex: number } {
  let endpoint = NOBODY
  let sinceIndex = 0
  for (const [index, next] of ends.entries()) {
    if (isOther(endpoint, next)) {
      endpoint = next
      sinceIndex = index
    } else endpoint = improve(endpoint, next)
  }
  return { endpoint, sinceIndex }
}

/** The same extension has several numbers, and a number may be told before its extension: one that agrees is enough. */
function isOther(a: Endpoint, b: Endpoint): boolean {
  const isSame = (name: 'phoneNumber' | 'extensionId') => a[name] !== undefined && a[name] === b[name]
  const isDifferent = (name: 'phoneNumber' | 'extensionId') =>
    a[name] !== undefined && b[name] !== undefined && a[name] !== b[name]
  if (isSame('phoneNumber') || isSame('extensionId')) return false
  return isDifferent('phoneNumber') || isDifferent('extensionId')
}

function improve(known: Endpoint, next: Endpoint): Endpoint {
  return {
    phoneNumber: next.phoneNumber ?? known.phoneNumber,
    name: next.name ?? known.name,
    extensionId: next.extensionId ?? known.extensionId,
    deviceId: next.deviceId ?? known.deviceId,
  }
}

function first<Report, T>(reports: readonly Report[], read: (report: Report) => T | undefined): T | undefined {
  for (const report of reports) {
    const value = read(report)
    if (value !== undefined) return value
  }
  return undefined
}

function latest<Report, T>(reports: readonly Report[], read: (report: Report) => T | undefined): T | undefined {
  for (let index = reports.length - 1; index >= 0; index--) {
    const report = reports[index]
    const value = report && read(report)
    if (value !== undefined) return value
  }
  return undefined
}
