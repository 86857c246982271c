import * as v from 'valibot'

/** What a person may write into a request; the messages end a sentence that begins with "should be". */

const text = (pattern: RegExp, form: string) => v.pipe(v.string(form), v.regex(pattern, form))

/** RingCentral's ids are opaque: any visible characters, not without end, and nothing that climbs in a path. */
const OPAQUE_ID = /^(?!\.{1,2}$)[\x21-\x7e]{1,256}$/

export function isOpaqueId(id: string): boolean {
  return OPAQUE_ID.test(id)
}

export const opaqueId = text(OPAQUE_ID, 'an id of at most 256 visible characters')
export const extensionId = text(/^\d{1,20}$/, 'a RingCentral extension id, a number like 400102')
export const phoneNumber = text(/^\+[1-9]\d{5,14}$/, 'a number in E.164 like +12065550100')
export const extensionNumber = text(/^\d{1,8}$/, 'a short extension number like 102')
export const parkOrbit = text(/^\*?\d{1,10}$/, 'a park location like *801')
export const flag = v.boolean('true or false')

/** The longest text that RingCentral reads to a caller is not documented; this is more than anybody listens to. */
export const MAX_REPLY_CHARS = 500
export const replyText = v.pipe(
  v.string('a text'),
  v.minLength(1, 'a text that is not empty'),
  v.maxLength(MAX_REPLY_CHARS, `a text of at most ${MAX_REPLY_CHARS} characters`),
)

/** RingCentral's list of ready-made replies is open. */
export const replyPattern = v.object({
  pattern: text(/^[A-Za-z]{1,64}$/, 'a word of RingCentral like WillCallYouBack'),
  time: v.optional(v.pipe(v.number('a number'), v.integer('a whole number'), v.minValue(0, 'a number from 0'))),
  timeUnit: v.optional(v.picklist(['Minute', 'Hour', 'Day'], 'Minute, Hour or Day')),
})

/** An object of which exactly one field is given. */
export function exactlyOneOf<Entries extends v.ObjectEntries>(entries: Entries) {
  const names = Object.keys(entries)
  return v.pipe(
    v.partial(v.object(entries)),
    v.check(
      (body) => Object.values(body).filter((value) => value !== undefined).length === 1,
      `an object with exactly one of ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`,
    ),
  )
}

/** Where a call goes: a number in E.164, or a short number of the account. */
export const dialled = v.union(
  [
    v.pipe(
      phoneNumber,
      v.transform((number) => ({ phoneNumber: number })),
    ),
    v.pipe(
      extensionNumber,
      v.transform((number) => ({ extensionNumber: number })),
    ),
  ],
  'a number in E.164 like +12065550100, or a short extension number like 102',
)
