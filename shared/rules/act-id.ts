/** What the id of a rule's act is made of. */
export interface ActIdParts {
  readonly rule: string
  /** Place of the act among those of its rule, from 0. */
  readonly entry: number
  /** From 1; another when RingCentral took no more for a while and it is tried anew. */
  readonly attempt: number
  /** The session by which the customer's call is known, the first of those that are tied together. */
  readonly callId: string
}

/** The same for the same act of a rule on the same call, in every process: `0.1.s-0b30727b9538.Important customers`. */
export function formatActId({ rule, entry, attempt, callId }: ActIdParts): string {
  return `${entry}.${attempt}.${callId.replaceAll('%', '%25').replaceAll('.', '%2E')}.${rule}`
}

/** `undefined` for an act that is no rule's. */
export function parseActId(actId: string): ActIdParts | undefined {
  const [, entry, attempt, callId = '', rule = ''] = /^(\d{1,9})\.(\d{1,9})\.([^.]*)\.(.*)$/s.exec(actId) ?? []
  if (entry === undefined || attempt === undefined) return undefined
  return {
    rule,
    entry: Number(entry),
    attempt: Number(attempt),
    callId: callId.replaceAll('%2E', '.').replaceAll('%25', '%'),
  }
}
