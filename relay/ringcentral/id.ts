import * as v from 'valibot'

/** An id of RingCentral's: a number in some answers, a text in others. */
export const id = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform((value) => String(value)),
)
