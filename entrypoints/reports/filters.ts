import { foldAccents } from '../../shared/fold-accents.ts'
import { numberKey } from '../../shared/number/key.ts'
import type { CallRow } from '../lib/store/schema.ts'
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

/** A predicate whether a call is shown; built once, so that the typed text is parsed once. */
export function createFilter(filters: Filters, { country, tagged }: FilterContext): (call: ReportCall) => boolean {
  const { direction, result, queueName, tag } = filters
  const isMeant = createWhoFilter(filters.who.trim(), country)
  return ({ row, result: ofCall }) =>
    (direction === undefined || row.direction === direction) &&
    (result === undefined || ofCall === result) &&
    (queueName === undefined || row.queueName === queueName) &&
    (tag === undefined || tagged?.has(row.telephonySessionId) === true) &&
    isMeant(row)
}

/** Fewer digits are in too many numbers to mean one. */
const MIN_DIGITS = 3

/** Whether a call is with who was typed: part of a name, or a number in any spelling. `''` is everybody. */
export function createWhoFilter(
  who: string,
  country: string,
): (row: Pick<CallRow, 'name' | 'phoneNumber' | 'numberKey'>) => boolean {
  if (who === '') return () => true
  const name = foldAccents(who)
  const { key } = numberKey(who, country)
  const isNumber = /^[\d\s()+./-]+$/.test(who)
  // Nationally numbers begin with zeros that are not there internationally.
  const digits = isNumber ? who.replaceAll(/\D/g, '').replace(/^0+/, '') : ''
  // The same people call again, and comparing a name takes longer than all the rest.
  const named = new Map<string, boolean>()
  const isNamed = (callerName: string) => {
    const known = named.get(callerName) ?? foldAccents(callerName).includes(name)
    named.set(callerName, known)
    return known
  }
  return (row) =>
    (row.name !== undefined && isNamed(row.name)) ||
    (isNumber && key !== undefined && row.numberKey === key) ||
    (digits.length >= MIN_DIGITS && row.phoneNumber?.replaceAll(/\D/g, '').includes(digits) === true)
}
