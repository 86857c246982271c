import type { NumberCandidate } from '../lib/contract/ports.ts'

/** Enough for a long list of contacts. Links and fields say that they are numbers, and have as much room of their own. */
const MAX_CANDIDATES = 400
/** Two of the longest numbers, with what stands beside them. */
const MAX_CANDIDATE_CHARS = 120

/** In the languages in which CRMs come. */
const PHONE_WORD =
  /phone|(?:^|[^a-z])(?:t[eé]l|mobile|cell|fax|tlf|gsm)(?:[^a-z]|$)|telefo|teléfo|telem[oó]vel|mobil|handy|rufnummer|durchwahl|cel?lular|m[oó]vil|puhelin|телефон|電話|携帯|电话|手机|전화|휴대/i

/** The candidates of one look at a page: each text once, the surest of its sources, never too many. */
export interface CandidateList {
  add(text: string, source: NumberCandidate['source']): void
  /** Whether there is no room for more of this source. */
  isFull(source: NumberCandidate['source']): boolean
  all(): readonly NumberCandidate[]
}

export function createCandidateList(): CandidateList {
  /** The evidence that it is a number. */
  const marked = new Map<string, NumberCandidate['source']>()
  const texts = new Map<string, NumberCandidate['source']>()
  const roomOf = (source: NumberCandidate['source']) => (source === 'text' ? texts : marked)
  const isFull = (source: NumberCandidate['source']) => roomOf(source).size >= MAX_CANDIDATES
  return {
    add: (text, source) => {
      const trimmed = text.trim()
      if (trimmed === '' || trimmed.length > MAX_CANDIDATE_CHARS || marked.has(trimmed) || isFull(source)) return
      texts.delete(trimmed)
      roomOf(source).set(trimmed, source)
    },
    isFull,
    all: () => [...marked, ...texts].map(([text, source]) => ({ text, source })),
  }
}

/** Whether a field is for a phone number, by what it is called: its name, its label and the like. */
export function isPhoneField(names: readonly (string | null | undefined)[]): boolean {
  return names.some((name) => name != null && PHONE_WORD.test(name))
}
