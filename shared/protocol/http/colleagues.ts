import * as v from 'valibot'

/** What somebody is doing, as RingCentral tells it to the person who asks. */
export const PRESENCES = ['available', 'busy', 'ringing', 'away', 'doNotDisturb'] as const
export type Presence = (typeof PRESENCES)[number]

/** Somebody of the account whom a call may be given to. */
export const colleague = v.object({
  extensionId: v.string(),
  name: v.string(),
  extensionNumber: v.string(),
  /** Absent where RingCentral does not tell this person, and for what a newer relay may say. */
  presence: v.fallback(v.optional(v.picklist(PRESENCES)), undefined),
})
export type Colleague = v.InferOutput<typeof colleague>

/** `GET /v1/colleagues`: everybody of the account but the person, by name. */
export const colleaguesAnswer = v.object({ colleagues: v.array(colleague) })
export type ColleaguesAnswer = v.InferInput<typeof colleaguesAnswer>
