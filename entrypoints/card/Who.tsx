import type { CardCall } from '../lib/card-facts/card-call.ts'
import { nameNumber } from '../lib/words.ts'
import { nameOther, selectName } from './who.ts'

/** The other side: the name large and the number below it, or the number large when there is no name; and where it is from. */
export function Who({ call }: { readonly call: CardCall }) {
  const number = selectName(call) === undefined ? undefined : nameNumber(call.number)
  const { region } = call
  return (
    <div class="who">
      {/* Names are written in any script, on a card of any direction. */}
      <p class="name" dir="auto">
        {nameOther(call)}
      </p>
      {(number !== undefined || region !== undefined) && (
        <p class="origin">
          {number !== undefined && <bdi class="number">{number}</bdi>}
          {region !== undefined && <span class="region">{region}</span>}
        </p>
      )}
    </div>
  )
}
