import * as v from 'valibot'
import { userSchema } from '../wire.ts'

/** `POST /auth/token`: exchanges the code of a finished sign-in, once; `code_verifier` as in RFC 7636. */
export const redeemBody = v.object({
  code: v.pipe(v.string(), v.maxLength(512)),
  code_verifier: v.pipe(v.string(), v.maxLength(512)),
})
export type RedeemBody = v.InferOutput<typeof redeemBody>

/** Who is signed in now, and their token at the relay. */
export const tokenAnswer = v.object({
  token: v.string(),
  /** When the token ends unless it is used, ISO-8601. */
  expiresAt: v.optional(v.string()),
  user: userSchema,
})
export type TokenAnswer = v.InferOutput<typeof tokenAnswer>
