import { inChunks } from './chunks.ts'
import type { ExportedCall } from './exported-call.ts'

/** Calls as one JSON list, a call a line. */
export function* writeJson(calls: Iterable<ExportedCall>): Generator<string, void> {
  let before = '[\n'
  for (const chunk of inChunks(calls)) {
    yield before + chunk.map((call) => JSON.stringify(call)).join(',\n')
    before = ',\n'
  }
  yield before === ',\n' ? '\n]\n' : '[]\n'
}
