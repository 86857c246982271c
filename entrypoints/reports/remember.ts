import { batch, effect, type Signal, signal } from '@preact/signals'
import { readAddress, type View, writeAddress } from './address.ts'
import type { Filters } from './filters.ts'
import type { Only } from './only.ts'
import type { RangeChoice } from './range.ts'

/** Typed text and whatever may name somebody is kept with the tab, not in the address. */
interface Personal extends Pick<Filters, 'who' | 'tag'> {
  readonly only: Only | undefined
}

/** What the page shows, so that a reload, a way back, and a tab that is restored show it again. */
export interface Remembered {
  readonly range: Signal<RangeChoice>
  readonly filters: Signal<Filters>
  readonly view: Signal<View>
  readonly only: Signal<Only | undefined>
  /** What is shown now is where the way back leads. */
  leave(): void
}

export function rememberShown(): Remembered {
  const first = readShown()
  const range = signal(first.range)
  const filters = signal(first.filters)
  const view = signal(first.view)
  const only = signal(first.only)

  effect(() => {
    const { who, tag } = filters.value
    const address = writeAddress({ range: range.value, filters: filters.value, view: view.value })
    history.replaceState({ who, tag, only: only.value } satisfies Personal, '', `#${address}`)
  })
  addEventListener('popstate', () => {
    const shown = readShown()
    // At once: in between, what is shown would be written over what is gone to.
    batch(() => {
      range.value = shown.range
      filters.value = shown.filters
      view.value = shown.view
      only.value = shown.only
    })
  })
  return { range, filters, view, only, leave: () => history.pushState(history.state, '', location.href) }
}

function readShown() {
  const { range, filters, view = 'overview' } = readAddress(location.hash.slice(1))
  const state: unknown = history.state
  const { who, tag, only } = (typeof state === 'object' && state !== null ? state : {}) as Record<
    keyof Personal,
    unknown
  >
  const personal = { who: typeof who === 'string' ? who : '', tag: typeof tag === 'string' ? tag : undefined }
  return { range, filters: { ...filters, ...personal }, view, only: only as Only | undefined }
}
