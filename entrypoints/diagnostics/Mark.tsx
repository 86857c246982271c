import type { Capability } from '../../shared/protocol/http/capabilities.ts'

/** A shape for each state, beside its word. */
export function Mark({ state }: { readonly state: Capability['state'] }) {
  return (
    <svg class="mark" data-state={state} viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="6.5" />
      {SHAPES[state] !== undefined && <path d={SHAPES[state]} />}
    </svg>
  )
}

/** A tick, a cross, nothing yet. */
const SHAPES: Readonly<Record<Capability['state'], string | undefined>> = {
  works: 'M5 8.2l2.2 2.2L11 6',
  refused: 'M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8',
  notTried: undefined,
}
