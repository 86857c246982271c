import { formatNumber } from '../../../shared/number/format.ts'
import { parseNumber } from '../../../shared/number/parse.ts'
import type { SearchTerms } from '../../lib/crm/template.ts'
import type { CallRow } from '../../lib/store/schema.ts'

/** How a CRM can be searched for the other side of a call. Extensions and what is no number are in no CRM. */
export function describeSearch(
  { phoneNumber, name }: Pick<CallRow, 'phoneNumber' | 'name'>,
  country: string,
): SearchTerms {
  const read = parseNumber(phoneNumber, country)
  if (read.kind !== 'number') return { e164: undefined, national: undefined, digits: undefined, name }
  return {
    e164: read.number.number,
    national: formatNumber(phoneNumber, country)?.text,
    digits: read.number.nationalNumber,
    name,
  }
}
