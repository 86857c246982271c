import type { CardCall } from '../lib/contract/card-call.ts'

/** How much of a call is shown: all of it, a line, or its state and time in the pill of the folded ones. */
export type CardForm = 'whole' | 'line' | 'pill'

export interface ArrangedCall {
  readonly call: CardCall
  readonly form: CardForm
}

/** How many calls are shown whole where the window has room: one that goes on, and one that rings meanwhile. */
export const WHOLE_CARDS = 2

/**
 * The form of each call, in the order given. A call in conversation is never reduced to a line by an incoming one, of those that
 * ring the newest is whole, and a finished one is a line while another goes on. Calls that the person folded or opened stay so. A
 * card in use keeps the form it had `before`; while any card is in use the existing ones keep their order, with new ones on top,
 * so that nothing moves while somebody is typing. `most`: so many are whole, for a low window.
 */
export function arrangeCards(
  calls: readonly CardCall[],
  before: readonly ArrangedCall[] = [],
  inUse: ReadonlySet<string> = new Set(),
  most: number = WHOLE_CARDS,
): readonly ArrangedCall[] {
  const formsBefore = new Map(before.map(({ call, form }) => [call.telephonySessionId, form]))
  const keptForm = ({ telephonySessionId: id }: CardCall) => (inUse.has(id) ? formsBefore.get(id) : undefined)
  const wholeInUse = calls.filter((call) => keptForm(call) === 'whole')
  const undecided = calls.filter((call) => keptForm(call) === undefined && call.isFolded === undefined)
  const first = rankCalls(undecided, calls.some(isLive))
  const talking = first.filter(({ phase }) => phase === 'talking')
  // Whoever rings is whole whatever else there is, where the window has room.
  const room = Math.max(wholeInUse.length > 0 ? most - 1 : 0, most - talking.length - wholeInUse.length)
  const others = first.filter((call) => !talking.includes(call)).slice(0, room)
  const whole = new Set([...talking, ...others])
  const ordered = calls.some((call) => keptForm(call) !== undefined) ? keepOrder(calls, [...formsBefore.keys()]) : calls
  return ordered.map((call) => ({ call, form: keptForm(call) ?? formOf(call, whole) }))
}

/** Those that may be whole, the first first: whom one talks to or has on hold, and the newest that rings; or what has ended last. */
function rankCalls(calls: readonly CardCall[], isAnyLive: boolean): readonly CardCall[] {
  if (!isAnyLive) return calls
  const ringing = calls.filter(({ phase }) => phase === 'ringing').slice(0, 1)
  const others = calls.filter((call) => isLive(call) && call.phase !== 'ringing')
  const talking = others.find(({ phase }) => phase === 'talking')
  return talking !== undefined ? [talking, ...ringing] : [...ringing, ...others.slice(0, 1)]
}

function isLive({ phase }: CardCall): boolean {
  return phase !== 'ended'
}

function formOf(call: CardCall, whole: ReadonlySet<CardCall>): CardForm {
  if (call.isFolded !== undefined) return call.isFolded ? 'pill' : 'whole'
  return whole.has(call) ? 'whole' : 'line'
}

function keepOrder(calls: readonly CardCall[], idsBefore: readonly string[]): readonly CardCall[] {
  const place = ({ telephonySessionId }: CardCall) => idsBefore.indexOf(telephonySessionId)
  return calls.toSorted((a, b) => place(a) - place(b))
}
