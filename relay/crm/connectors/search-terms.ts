import type { SpokenNumber } from '../../../shared/crm/crm-digits.ts'

/**
 * What to ask a CRM for that finds whatever contains a term: the digits without a country's code, which are in those with it, and the
 * spellings in which they are not in a row.
 */
export function listSearchTerms({ national, spellings }: SpokenNumber): readonly string[] {
  return [national, ...spellings.filter((spelling) => !spelling.includes(national))]
}
