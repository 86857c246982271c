import { createWhoFilter } from '../lib/caller/who-filter.ts'
import type { ReportCall } from './report-call.ts'
import type { Result } from './result.ts'

/** What calls are shown; `undefined` and `''` leave nothing out. */
export interface Filters {
  readonly direction: 'Inbound' | 'Outbound' | undefined
  readonly result: Result | undefined
  readonly queueName: string | undefined
  /** Part of a name, or a number in any spelling, as typed. */
  readonly who: string
  readonly tag: string | undefined
}

export const NO_FILTERS: Filters = {
  direction: undefined,
  result: undefined,
  queueName: undefined,
  who: '',
  tag: undefined,
}

export interface FilterContext {
  /** Where the agent reads national numbers: an ISO 3166 code such as `DE`. */
  readonly country: string
  /** The calls with the tag, by `telephonySessionId`; `undefined` when no tag is chosen, or not read yet. */
  readonly tagged: ReadonlySet<string> | undefined
}

export function isFiltered({ direction, result, queueName, who, tag }: Filters): boolean {
  return [direction, result, queueName, tag].some((one) => one !== undefined) || who.trim() !== ''
}

/** Whether these filters keep or leave calls that have direction, result and queue in common together. */
export function keepsGroups({ who, tag }: Filters): boolean {
  return who.trim() === '' && tag === undefined
}

/** A predicate whether a call is shown; built once, so that the typed text is parsed once. */
export function createFilter(filters: Filters, { country, tagged }: FilterContext): (call: ReportCall) => boolean {
  const { direction, result, queueName, tag } = filters
  const isMeant = createWhoFilter(filters.who.trim(), country)
  return ({ row, counted, result: ofCall }) =>
    (direction === undefined || counted.direction === direction) &&
    (result === undefined || ofCall === result) &&
    (queueName === undefined || counted.queueName === queueName) &&
    (tag === undefined || tagged?.has(row.telephonySessionId) === true) &&
    isMeant(row)
}
