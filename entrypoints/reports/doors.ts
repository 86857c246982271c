import { batch } from '@preact/signals'
import type { Filters } from './filters.ts'
import type { Only } from './only.ts'
import type { RangeChoice, Span } from './range.ts'
import type { Remembered } from './remember.ts'

/** Where a figure leads: to the calls that it is made of. What is not said stays as it is. */
export interface Door {
  readonly only?: Only
  readonly range?: RangeChoice
  readonly filters?: Partial<Filters>
}

/** To these calls of the range, all where none are named. */
export function doorTo(only: Only | undefined): Door {
  return only === undefined ? {} : { only }
}

/** To calls of other days. */
export function doorToDays({ fromDay, toDay }: Pick<Span, 'fromDay' | 'toDay'>, only?: Only): Door {
  return { range: { kind: 'own', fromDay, toDay }, ...doorTo(only) }
}

/** To the calls that a figure counts, and to those that it counted in the days before: each where there are any. */
export function doorsOf(
  only: Only | undefined,
  counts: { readonly now: number; readonly before: number } | undefined,
  before: Pick<Span, 'fromDay' | 'toDay'>,
): { readonly door: Door | undefined; readonly doorBefore: Door | undefined } {
  const { now = 0, before: countBefore = 0 } = counts ?? {}
  return {
    door: now > 0 ? doorTo(only) : undefined,
    doorBefore: countBefore > 0 ? doorToDays(before, only) : undefined,
  }
}

/** Opens doors, so that the browser’s way back leads to where one came from. */
export interface Doors {
  open(door: Door): void
  /** All figures, or the list of all the calls. */
  show(view: 'overview' | 'calls'): void
}

export function createDoors({ range, filters, view, only, leave }: Remembered): Doors {
  return {
    open: (door) => {
      leave()
      batch(() => {
        view.value = 'calls'
        only.value = door.only
        if (door.range !== undefined) range.value = door.range
        if (door.filters !== undefined) filters.value = { ...filters.value, ...door.filters }
      })
      scrollTo({ top: 0 })
    },
    show: (wanted) => {
      leave()
      batch(() => {
        view.value = wanted
        only.value = undefined
      })
    },
  }
}
