import { isDay } from './days.ts'
import { type Filters, NO_FILTERS } from './filters.ts'
import { FIRST_DAY, type NamedRange, RANGE_DAYS, type RangeChoice } from './range.ts'
import { RESULTS } from './result.ts'

/** What a page shows, as it survives a reload. */
export interface Shown {
  readonly range: RangeChoice
  readonly filters: Filters
  /** Absent: the overview. */
  readonly view?: View
}

/** All figures, or the list of calls. */
export type View = 'overview' | 'calls'

export const SHOWN_FIRST: Shown = { range: { kind: '7d' }, filters: NO_FILTERS }

/**
 * The part of the state that goes into the address: `range=2026-03-01..2026-03-29&direction=Inbound`. Searched names
 * and tags are left out, because browsers keep addresses in the history and sync them to other machines.
 */
export function writeAddress({ range, filters, view }: Shown): string {
  const { direction, result, queueName } = filters
  const changed = {
    range: range.kind === 'own' ? `${range.fromDay}..${range.toDay}` : range.kind,
    direction,
    outcome: result,
    queue: queueName,
    view: view === 'calls' ? view : undefined,
  }
  const given = Object.entries(changed).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  return new URLSearchParams(given).toString()
}

/** The state that an address asks for; invalid parts are ignored. */
export function readAddress(address: string): Shown {
  const params = new URLSearchParams(address)
  const direction = params.get('direction')
  return {
    range: readRange(params.get('range') ?? '') ?? SHOWN_FIRST.range,
    filters: {
      ...NO_FILTERS,
      direction: direction === 'Inbound' || direction === 'Outbound' ? direction : undefined,
      result: RESULTS.find((result) => result === params.get('outcome')),
      queueName: params.get('queue') ?? undefined,
    },
    ...(params.get('view') === 'calls' ? { view: 'calls' as const } : {}),
  }
}

function readRange(text: string): RangeChoice | undefined {
  if (isNamedRange(text)) return { kind: text }
  const [fromDay = '', toDay = ''] = text.split('..')
  const isOwn = isDay(fromDay) && isDay(toDay) && FIRST_DAY <= fromDay && fromDay <= toDay
  return isOwn ? { kind: 'own', fromDay, toDay } : undefined
}

function isNamedRange(text: string): text is NamedRange {
  return Object.hasOwn(RANGE_DAYS, text)
}
