import type { CardCall } from '../lib/card-facts/card-call.ts'
import { nameCounterpart } from '../lib/words.ts'

/** The other side's name: the platform's, else the one among the person's own contacts; `undefined` when nobody knows one. */
export function selectName({ name, known }: CardCall): string | undefined {
  return name ?? known?.contact?.name
}

/** Whom the call is with, in a few words: a name, else a number. */
export function nameOther(call: CardCall): string {
  return nameCounterpart(selectName(call), call.number)
}
