import type { CardCall } from '../lib/contract/card-call.ts'
import { selectFigures } from './figures.ts'
import { selectOffers } from './offers.ts'
import { listLasting, listSaid } from './remarks.ts'

/**
 * Whether all that there is to say of a call fits its card. It is worked out and not measured, so that the first paint waits for no
 * layout; what is right by the style sheets is measured by a test over all that can come together.
 */
export function isTooMuch(call: CardCall): boolean {
  return listParts(call).reduce((sum, px) => sum + px, 0) > ROOM_PX
}

/** A card that is too full keeps its figures and what lasts only where nothing is asked or refused below. */
export function hasRoomForStatus({ actions: { kinds, refusal } }: CardCall): boolean {
  return refusal === undefined && !kinds.includes('returnToCaller')
}

/** Of the 260 px that a card may be high, what its top line, the name, the note, the row of actions and its edges leave. */
const ROOM_PX = 92

/** How high each part is that this call has between the top line and the note, or above the row of actions, CSS px. */
function listParts(call: CardCall): readonly number[] {
  const { known, match, crm, ruleAlerts = [], whispers, actions } = call
  // Side by side where both are short, and below each other otherwise.
  const facts = [match?.isThisPage === true, (known?.lastCalls.length ?? 0) > 0].filter(Boolean).length
  const hasNoted = known?.lastNote !== undefined || (known?.tags.length ?? 0) > 0
  const [offer] = selectOffers(call)
  const hasSearch = match?.canSearch === true && !match.isThisPage && offer?.kind !== 'contact'
  const hasWays = hasSearch || (offer === undefined && crm?.newContactUrl !== undefined)
  const figures = selectFigures(call, false).length
  const hasLasting = listLasting(call).length > 0
  const said = listSaid(call).map(linesOf)
  return [
    boxPx(ruleAlerts.map(({ text }) => text)),
    boxPx(whispers.map(({ text }) => text)),
    facts * LINE_PX,
    hasNoted ? LINE_PX + 2 : 0,
    offer === undefined ? 0 : LINE_PX + 6,
    hasWays ? LINE_PX + 6 : 0,
    figures > 0 || hasLasting || said.length > 0 ? 4 : 0,
    // Three have a line too little where their words are long.
    Math.ceil(figures / 2) * LINE_PX,
    hasLasting ? LINE_PX : 0,
    ...said.map((lines) => lines * LINE_PX),
    actions.kinds.includes('returnToCaller') ? 2 * LINE_PX : 0,
    actions.refusal === undefined ? 0 : linesOf(actions.refusal) * LINE_PX + 4,
  ]
}

const LINE_PX = 20
/** So many letters are a line at least, in every language that there is. */
const LINE_LETTERS = 40

function linesOf(text: string): number {
  return Math.ceil(text.length / LINE_LETTERS)
}

/** Of lines in a box of their own, each with who or what it is from before it. */
function boxPx(texts: readonly string[]): number {
  if (texts.length === 0) return 0
  return 24 + texts.reduce((sum, text) => sum + Math.ceil((text.length + 12) / LINE_LETTERS) * LINE_PX, 0)
}
