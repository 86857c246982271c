import { EXTENSION_STATES, type ExtensionState } from '../../../shared/live/types.ts'
import { COLUMNS, SORTED_FIRST, type Sort } from './columns.ts'

/** What a board shows, as it survives a reload and can be bookmarked. */
export interface Shown {
  /** `wall`: six numbers to be read from afar. `desk`: everybody, to work with. */
  readonly mode: 'desk' | 'wall'
  /** Extension id of the queue that is looked at; `undefined`: all. */
  readonly queueId: string | undefined
  /** Whose state is looked at; `undefined`: everybody. `busy`: whoever has a call. */
  readonly state: ExtensionState | 'busy' | undefined
  readonly sort: Sort
}

export const SHOWN_FIRST: Shown = { mode: 'desk', queueId: undefined, state: undefined, sort: SORTED_FIRST }

export const STATE_FILTERS = ['busy', ...EXTENSION_STATES] as const

/**
 * `mode=wall&queue=400201&state=holding&sort=-talk`. Who is searched for is left out: browsers keep addresses in the history and
 * carry them to other machines.
 */
export function writeAddress({ mode, queueId, state, sort }: Shown): string {
  const changed = {
    mode: mode === SHOWN_FIRST.mode ? undefined : mode,
    queue: queueId,
    state,
    sort:
      sort.by === SORTED_FIRST.by && sort.isDescending === SORTED_FIRST.isDescending
        ? undefined
        : `${sort.isDescending ? '-' : ''}${sort.by}`,
  }
  const given = Object.entries(changed).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  return new URLSearchParams(given).toString()
}

/** What an address asks for. What makes no sense there is as if it were not there. */
export function readAddress(address: string): Shown {
  const params = new URLSearchParams(address)
  const queueId = params.get('queue') ?? ''
  return {
    mode: params.get('mode') === 'wall' ? 'wall' : 'desk',
    queueId: /^\d{1,20}$/.test(queueId) ? queueId : undefined,
    state: STATE_FILTERS.find((state) => state === params.get('state')),
    sort: readSort(params.get('sort') ?? '') ?? SORTED_FIRST,
  }
}

function readSort(text: string): Sort | undefined {
  const isDescending = text.startsWith('-')
  const by = COLUMNS.find((column) => column === text.slice(isDescending ? 1 : 0))
  return by && { by, isDescending }
}
