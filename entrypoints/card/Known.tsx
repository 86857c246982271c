import type { CardCall } from '../lib/card-facts/card-call.ts'

export function Known(_: { readonly call: CardCall }) {
  return null
}
