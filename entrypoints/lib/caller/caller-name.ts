import { isWithheldName } from '../../../shared/number/withheld.ts'
import type { CallRow } from '../store/schema.ts'

/**
 * Where a caller's name is from: RingCentral's own directory, for colleagues; the person's contacts; a record of the CRM; the telephone
 * network; an earlier or later call with the number.
 */
export type NameSource = 'directory' | 'contact' | 'record' | 'network' | 'otherCall'

/** What this browser knows a number's owner by; `undefined` where it does not. */
export interface KnownNames {
  readonly contact: string | undefined
  /** As the CRM's record of this number is called. */
  readonly record: string | undefined
  /** The last name that the platform gave with this number. */
  readonly otherCall: string | undefined
}

export const NO_NAMES: KnownNames = { contact: undefined, record: undefined, otherCall: undefined }

export interface CallerName {
  readonly name: string
  readonly source: NameSource
}

/** A call under the name by which its caller is known. */
export interface NamedCall extends CallRow {
  /** Absent where there is no name. */
  readonly nameSource?: NameSource
}

/**
 * What a caller is called, and who says so; `undefined` when nobody does. A colleague is called as in RingCentral's directory. Anybody
 * else as the person wrote them down, then as the CRM has them, then as the telephone network says, unless that says nothing of who it
 * is ("WIRELESS CALLER"): then the name of another call with the number comes first.
 */
export function selectCallerName(
  { name, numberKey }: Pick<CallRow, 'name' | 'numberKey'>,
  { contact, record, otherCall }: KnownNames,
): CallerName | undefined {
  const named = name?.trim() || undefined
  const says = named !== undefined && saysWho(named)
  if (says && numberKey?.startsWith('ext:')) return { name: named, source: 'directory' }
  if (contact !== undefined) return { name: contact, source: 'contact' }
  if (record !== undefined) return { name: record, source: 'record' }
  if (says) return { name: named, source: 'network' }
  if (otherCall !== undefined) return { name: otherCall, source: 'otherCall' }
  return named === undefined ? undefined : { name: named, source: 'network' }
}

/** The call under that name. The same object where nothing changes. */
export function nameCall(row: CallRow, known: KnownNames | undefined): NamedCall {
  const named = selectCallerName(row, known ?? NO_NAMES)
  if (named === undefined) return row
  return { ...row, name: named.name, nameSource: named.source }
}

/** The call with the others of its conference under the names by which the calls with them, among `calls`, are known. */
export function nameConference(row: CallRow, calls: readonly CallRow[]): CallRow {
  if (row.conferenceWith === undefined) return row
  const conferenceWith = row.conferenceWith.map((other) => {
    const call = calls.find(({ phoneNumber }) => phoneNumber !== undefined && phoneNumber === other.phoneNumber)
    return call === undefined ? other : { ...other, name: call.name }
  })
  return { ...row, conferenceWith }
}

/** Placeholders that networks send in place of a name when they know only the kind of number. */
const NOBODY =
  /^(the )?(wireless|cell(ular)?( phone)?|mobile( phone)?|unknown|unavailable|private|anonymous|restricted|blocked|withheld|toll ?-?free|out of area|not provided|no|id|name)([ _-]+(caller|calling|call|number|name|id|user|party|unavailable|withheld|not available))*$/i
/** The same with the state that the number is from ("Cell Phone CA"), the other way round, and of other kinds of numbers. */
const NOBODY_THERE =
  /^((wireless caller|cell(ular)? (phone|call)|toll ?-?free call) +[a-z]{2}|(caller|call|name|number|(caller )?id)[ _-]+(unknown|unavailable|blocked|withheld|restricted|not (available|provided))|out-of-area|not available|(voip|incoming|landline|pay ?phone)([ -]+(caller|call))?)$/i

/** Whether a name that the platform gave tells one caller from another: it may be the number itself, or a word for any. */
export function saysWho(name: string): boolean {
  if (!/\p{L}{2}/u.test(name) || isWithheldName(name)) return false
  return ![NOBODY, NOBODY_THERE].some((pattern) => pattern.test(name.trim()))
}
