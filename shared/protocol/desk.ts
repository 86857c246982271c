import * as v from 'valibot'

/**
 * What people at their desks tell each other about a call, as a record of the relay's log. PROTOCOL.md says who gets it.
 *
 * - `hand`: a member of the call asks for help, or does so no longer.
 * - `whisper`: a line of text for one member of the call, from somebody who watches them. The customer hears nothing of it.
 */
export const deskSchema = v.variant('kind', [
  v.object({
    telephonySessionId: v.string(),
    kind: v.literal('hand'),
    /** Extension id of whose hand it is. */
    from: v.string(),
    raised: v.boolean(),
  }),
  v.object({
    telephonySessionId: v.string(),
    kind: v.literal('whisper'),
    /** Extension id of who writes. */
    from: v.string(),
    /** What they are called in RingCentral; absent in records of before. */
    fromName: v.optional(v.string()),
    /** Extension id of whom it is for. */
    to: v.string(),
    /** One line, without characters that steer or hide. */
    text: v.string(),
  }),
])

/** What {@link deskSchema} describes. */
export type DeskRecord = v.InferOutput<typeof deskSchema>
export type Hand = Extract<DeskRecord, { kind: 'hand' }>
