import type { CardCall } from '../lib/contract/card-call.ts'
import { nameCounterpart } from '../lib/wording/labels.ts'

/** Whom the call is with, in a few words: a name, else a number. */
export function nameOther({ name, number }: CardCall): string {
  return nameCounterpart(name, number)
}

/** The classes of where that stands: a number is not cut off, what stands beside it makes room. */
export function classOfOther({ name }: CardCall, usual: string): string {
  return name === undefined ? `${usual} whole` : usual
}
