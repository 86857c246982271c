import type { Said } from './said.ts'

/** A sentence about what was just done, where the person did it. */
export function Saying({ said }: { readonly said: Said | undefined }) {
  return (
    <p class="saying" data-kind={said?.kind} role="status">
      {said?.text}
    </p>
  )
}
