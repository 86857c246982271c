import { assert } from '../../../../shared/assert.ts'
import { type SpokenNumber, speakNumber } from '../../../../shared/crm/crm-digits.ts'

/** A number that is one, as CRMs are asked for it. */
export function speak(e164: string): SpokenNumber {
  const number = speakNumber(e164)
  assert(number !== undefined, 'it is a number')
  return number
}
