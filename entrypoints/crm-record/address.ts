import { RECORD_GROUPS, type RecordGroup } from '../ui/crm/record-groups.ts'

export const RANGES = ['today', 'days7', 'days14'] as const
export type RangeName = (typeof RANGES)[number]

/** What the page shows, as it survives a reload. */
export interface Shown {
  readonly range: RangeName
  readonly group: RecordGroup | 'all'
  /** The calls of all whom the person watches; otherwise their own. */
  readonly isAccount: boolean
}

export const SHOWN_FIRST: Shown = { range: 'days7', group: 'open', isAccount: false }

/** The part of the state that goes into the address: `range=days14&group=logged&whose=account`. */
export function writeAddress({ range, group, isAccount }: Shown): string {
  return new URLSearchParams({ range, group, whose: isAccount ? 'account' : 'mine' }).toString()
}

/** The state that an address asks for; invalid parts are ignored. */
export function readAddress(address: string): Shown {
  const params = new URLSearchParams(address)
  const group = params.get('group')
  return {
    range: RANGES.find((range) => range === params.get('range')) ?? SHOWN_FIRST.range,
    group: group === 'all' || isGroup(group) ? group : SHOWN_FIRST.group,
    isAccount: params.get('whose') === 'account',
  }
}

/** When a range begins: a midnight of the reader's, ms since the epoch. */
export function startOfRange(range: RangeName, nowMs: number): number {
  const day = new Date(nowMs)
  day.setHours(0, 0, 0, 0)
  // By the calendar: a day is not always 24 hours long.
  day.setDate(day.getDate() - DAYS_BEFORE[range])
  return day.getTime()
}

const DAYS_BEFORE: Readonly<Record<RangeName, number>> = { today: 0, days7: 6, days14: 13 }

function isGroup(text: string | null): text is RecordGroup {
  return text !== null && Object.hasOwn(RECORD_GROUPS, text)
}
