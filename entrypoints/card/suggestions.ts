import type { CardCommand, Suggestion } from '../lib/contract/ports.ts'
import type { Send } from './Card.tsx'

/** Pending suggestion requests by typed text: the answers come over the card's port. */
const waiting = new Map<string, (suggestions: readonly Suggestion[]) => void>()

export function askSuggestions(telephonySessionId: string, query: string, send: Send): Promise<readonly Suggestion[]> {
  return new Promise((resolve) => {
    waiting.set(query, resolve)
    send({ type: 'suggest', telephonySessionId, query })
  })
}

export function takeSuggestions({ query, suggestions }: Extract<CardCommand, { readonly type: 'suggestions' }>): void {
  waiting.get(query)?.(suggestions)
  waiting.delete(query)
}
