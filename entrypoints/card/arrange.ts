import type { CardCall } from '../lib/card-facts/card-call.ts'

/** How much of a call is shown: all of it, a line, or its state and time in the pill of the folded ones. */
export type CardForm = 'whole' | 'line' | 'pill'

/** So many calls are shown whole by themselves; a third would hide the page. */
const WHOLE_CARDS = 2

/**
 * Gives each call its form, in the order given: the newest calls whole, but whom the person is talking to is never squeezed to
 * a line by somebody who calls. What the person folded or opened themselves stays so.
 */
export function arrangeCards(
  calls: readonly CardCall[],
): readonly { readonly call: CardCall; readonly form: CardForm }[] {
  const undecided = calls.filter(({ isFolded }) => isFolded === undefined)
  const talking = undecided.filter(({ phase }) => phase === 'talking').slice(0, 1)
  const others = undecided.filter((call) => !talking.includes(call)).slice(0, WHOLE_CARDS - talking.length)
  const whole = new Set([...talking, ...others])
  return calls.map((call) => ({ call, form: formOf(call, whole) }))
}

function formOf(call: CardCall, whole: ReadonlySet<CardCall>): CardForm {
  if (call.isFolded !== undefined) return call.isFolded ? 'pill' : 'whole'
  return whole.has(call) ? 'whole' : 'line'
}
