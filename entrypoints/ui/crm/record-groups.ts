import type { CrmRecordsAnswer, CrmState } from '../../../shared/protocol/http/crm.ts'

/** Records by what they mean for a person: `open` ones wait for somebody, `underWay` ones for the relay. */
export const RECORD_GROUPS = {
  open: ['ambiguous', 'noMatch', 'refused', 'givenUp'],
  underWay: ['waiting', 'ready', 'sent'],
  logged: ['logged'],
  leftOut: ['leftOut'],
} as const satisfies Readonly<Record<string, readonly CrmState[]>>

export type RecordGroup = keyof typeof RECORD_GROUPS

export function isInGroup(state: CrmState, group: RecordGroup): boolean {
  return (RECORD_GROUPS[group] as readonly CrmState[]).includes(state)
}

export function countGroup(counts: CrmRecordsAnswer['counts'], group: RecordGroup): number {
  return RECORD_GROUPS[group].reduce((sum, state) => sum + counts[state], 0)
}

export function countOpen(counts: CrmRecordsAnswer['counts']): number {
  return countGroup(counts, 'open')
}
