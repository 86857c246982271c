import * as v from 'valibot'

/**
 * Words by which a program knows why the relay refused a request (`code` of `application/problem+json`). A word that was
 * given out keeps its meaning. CONTROL.md explains those that a signed-in person's requests can get.
 */
export const PROBLEM_CODES = [
  'aborted',
  'app_permission_missing',
  'bad_request',
  'compressed',
  'forbidden',
  'foreign_origin',
  'headers_too_large',
  'internal',
  'invalid_code',
  'invalid_request',
  'log_unavailable',
  'method_not_allowed',
  'not_allowed',
  'not_found',
  'not_ready',
  'not_stored',
  'not_there',
  'not_watched',
  'not_your_party',
  'permission_missing',
  'restart',
  'ringcentral_busy',
  'ringcentral_failed',
  'ringcentral_refused',
  'ringcentral_silent',
  'ringcentral_unreachable',
  'sign_in_again',
  'supervisors_only',
  'too_large',
  'too_many',
  'too_many_failures',
  'too_slow',
  'unauthorised',
  'unknown_session',
  'upgrade_required',
  'wrong_secret',
  'wrong_state',
] as const

export type ProblemCode = (typeof PROBLEM_CODES)[number]

/** A refusal as a client reads it. A relay that is newer than the client may have another word: that is no refusal of this form. */
export const problemSchema = v.object({
  code: v.picklist(PROBLEM_CODES),
  /** What RingCentral said, in its own words. */
  reason: v.fallback(v.optional(v.string()), undefined),
  /** RingCentral said so before and is not asked until then, ISO-8601. */
  askedAgainAt: v.fallback(v.optional(v.string()), undefined),
  /** After how many seconds it may be tried again. */
  retryAfterS: v.fallback(v.optional(v.number()), undefined),
})
