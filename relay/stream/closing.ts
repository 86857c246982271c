import { CLOSE_CODES } from '../../shared/protocol/wire.ts'

/** Why the relay ends a connection. */
export type CloseReason = keyof typeof CLOSE_CODES | 'tooMany'

/** A reason, and the sentence that goes with it. */
export type Closing = readonly [CloseReason, string]

/** The close codes and the stable words that go with them. */
export const CLOSINGS: Readonly<Record<CloseReason, { readonly code: number; readonly word: string }>> = {
  badMessage: { code: CLOSE_CODES.badMessage, word: 'bad_message' },
  unauthorised: { code: CLOSE_CODES.unauthorised, word: 'unauthorised' },
  notAllowed: { code: CLOSE_CODES.notAllowed, word: 'not_allowed' },
  noHello: { code: CLOSE_CODES.noHello, word: 'no_hello' },
  tooLarge: { code: CLOSE_CODES.tooLarge, word: 'too_large' },
  tooSlow: { code: CLOSE_CODES.tooSlow, word: 'too_slow' },
  tooMany: { code: CLOSE_CODES.tooSlow, word: 'too_many' },
  restart: { code: CLOSE_CODES.restart, word: 'restart' },
}
