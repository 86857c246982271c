import { effect, type Signal, signal } from '@preact/signals'
import { readAddress, writeAddress } from './address.ts'
import type { Filters } from './filters.ts'
import type { RangeChoice } from './range.ts'

/** Typed text and whatever may name somebody is kept with the tab, not in the address. */
type Personal = Pick<Filters, 'who' | 'tag'>

/** What the page shows, so that a reload, and a tab that is restored, show it again. */
export function rememberShown(): { readonly range: Signal<RangeChoice>; readonly filters: Signal<Filters> } {
  const first = readAddress(location.hash.slice(1))
  const range = signal(first.range)
  const filters = signal({ ...first.filters, ...readPersonal(history.state) })

  effect(() => {
    const { who, tag } = filters.value
    const address = writeAddress({ range: range.value, filters: filters.value })
    history.replaceState({ who, tag } satisfies Personal, '', `#${address}`)
  })
  addEventListener('hashchange', () => {
    const shown = readAddress(location.hash.slice(1))
    range.value = shown.range
    filters.value = { ...shown.filters, ...readPersonal(history.state) }
  })
  return { range, filters }
}

function readPersonal(state: unknown): Personal {
  const { who, tag } = (typeof state === 'object' && state !== null ? state : {}) as Record<keyof Personal, unknown>
  return { who: typeof who === 'string' ? who : '', tag: typeof tag === 'string' ? tag : undefined }
}
