import type { CardCall } from '../lib/contract/card-call.ts'

/** How much of a call is shown: all of it, a line, or its state and time in the pill of the folded ones. */
export type CardForm = 'whole' | 'line' | 'pill'

export interface ArrangedCall {
  readonly call: CardCall
  readonly form: CardForm
}

/** How many calls are shown whole by default; a third would hide the page. */
const WHOLE_CARDS = 2

/**
 * The form of each call, in the order given. The newest calls are whole, but a call in conversation is never reduced to
 * a line by an incoming one. Calls that the person folded or opened stay so. A card in use keeps the form it had
 * `before`; while any card is in use the existing ones keep their order, with new ones on top, so that nothing moves
 * while somebody is typing.
 */
export function arrangeCards(
  calls: readonly CardCall[],
  before: readonly ArrangedCall[] = [],
  inUse: ReadonlySet<string> = new Set(),
): readonly ArrangedCall[] {
  const formsBefore = new Map(before.map(({ call, form }) => [call.telephonySessionId, form]))
  const keptForm = ({ telephonySessionId: id }: CardCall) => (inUse.has(id) ? formsBefore.get(id) : undefined)
  const wholeInUse = calls.filter((call) => keptForm(call) === 'whole')
  const undecided = calls.filter((call) => keptForm(call) === undefined && call.isFolded === undefined)
  const talking = undecided.filter(({ phase }) => phase === 'talking').slice(0, 1)
  // The newest is whole whatever else there is: a phone may be ringing.
  const room = Math.max(wholeInUse.length > 0 ? 1 : 0, WHOLE_CARDS - talking.length - wholeInUse.length)
  const others = undecided.filter((call) => !talking.includes(call)).slice(0, room)
  const whole = new Set([...talking, ...others])
  const ordered = calls.some((call) => keptForm(call) !== undefined) ? keepOrder(calls, [...formsBefore.keys()]) : calls
  return ordered.map((call) => ({ call, form: keptForm(call) ?? formOf(call, whole) }))
}

function formOf(call: CardCall, whole: ReadonlySet<CardCall>): CardForm {
  if (call.isFolded !== undefined) return call.isFolded ? 'pill' : 'whole'
  return whole.has(call) ? 'whole' : 'line'
}

function keepOrder(calls: readonly CardCall[], idsBefore: readonly string[]): readonly CardCall[] {
  const place = ({ telephonySessionId }: CardCall) => idsBefore.indexOf(telephonySessionId)
  return calls.toSorted((a, b) => place(a) - place(b))
}
