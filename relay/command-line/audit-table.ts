import type { ActTarget } from '../../shared/protocol/act.ts'
import type { AuditEntry } from '../audit/audit-entries.ts'
import { formatTable, printable } from './table.ts'

const HEAD = ['TIME', 'WHO', 'WHAT', 'CALL', 'SESSION', 'RESULT']

/** What was done as lines of a table, the oldest first; times are UTC. */
export function formatAudit(entries: readonly AuditEntry[]): readonly string[] {
  if (entries.length === 0) return ['Nothing was done with calls in that time.']
  const rows = entries.map((entry) => [
    `${entry.at.slice(0, 19).replace('T', ' ')}Z`,
    describeActor(entry),
    describeAct(entry),
    entry.caller ?? '–',
    entry.telephonySessionId === '' ? '–' : entry.telephonySessionId,
    describeResult(entry),
  ])
  return formatTable([HEAD, ...rows.map((row) => row.map(printable))])
}

function describeActor({ by }: AuditEntry): string {
  if ('rule' in by) return `rule ${by.rule}`
  return by.name === undefined ? by.extensionId : `${by.extensionId} ${by.name}`
}

function describeAct({ act, to, text, deviceId }: AuditEntry): string {
  return [
    act,
    ...(to === undefined ? [] : [`to ${describeTarget(to)}`]),
    ...(deviceId === undefined ? [] : [`at device ${deviceId}`]),
    ...(text === undefined ? [] : [JSON.stringify(text)]),
  ].join(' ')
}

function describeTarget(to: ActTarget): string {
  if (to === 'watchers') return 'watchers'
  if ('extensionId' in to) return `extension ${to.extensionId}`
  if ('extensionNumber' in to) return `number ${to.extensionNumber}`
  if ('voicemail' in to) return `voicemail of ${to.voicemail}`
  if ('telephonySessionId' in to) return `call ${to.telephonySessionId}`
  return 'parkOrbit' in to ? `park location ${to.parkOrbit}` : to.phoneNumber
}

const RESULTS: Readonly<Record<AuditEntry['outcome'], string>> = {
  done: 'done',
  tooLate: 'too late',
  limited: 'limited',
  refused: 'refused',
  failed: 'failed',
  unknown: 'unknown',
  underWay: 'under way',
}

function describeResult({ by, outcome, status, words, asWhom, act }: AuditEntry): string {
  const isAsked = 'rule' in by && act !== 'alert' && outcome !== 'limited'
  return [
    RESULTS[outcome],
    ...(isAsked ? [`as ${asWhom ?? 'the relay'}`] : []),
    ...(status === undefined ? [] : [`(${status})`]),
    ...(words === undefined || words === '' ? [] : [`– ${words}`]),
  ].join(' ')
}
