import type { ExportedCall } from './exported-call.ts'
import { inPieces } from './pieces.ts'

/** Calls as one JSON list, a call a line. */
export function* writeJson(calls: Iterable<ExportedCall>): Generator<string, void> {
  let before = '[\n'
  for (const piece of inPieces(calls)) {
    yield before + piece.map((call) => JSON.stringify(call)).join(',\n')
    before = ',\n'
  }
  yield before === ',\n' ? '\n]\n' : '[]\n'
}
