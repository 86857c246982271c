import type { CardCall } from '../lib/card-facts/card-call.ts'
import type { Send } from './Card.tsx'

export function Note(_: { readonly call: CardCall; readonly send: Send }) {
  return null
}
