import * as v from 'valibot'
import { parseInstant } from '../time.ts'

/** Fields that messages, records and answers of the relay have in common. */

/** A moment as text. */
export const instant = v.pipe(
  v.string(),
  v.check((text) => parseInstant(text) !== undefined, 'should be an ISO-8601 time with a zone'),
)

/** How many, or the place in a row; from 0. */
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
