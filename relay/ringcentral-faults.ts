import { MINUTE_MS, SECOND_MS } from '../shared/time.ts'
import type { RingCentralError } from './ringcentral.ts'

/** What to do about a failed request. */
export type Judgement =
  /** Try again, not before `afterMs` when RingCentral said so. */
  | { readonly kind: 'retry'; readonly afterMs: number | undefined }
  /** Somebody must change something at RingCentral or here; `advice` says what. Trying more often would not help. */
  | { readonly kind: 'blocked'; readonly advice: string }
  /** The credentials are refused: nothing more may be sent with them. */
  | { readonly kind: 'refused'; readonly advice: string }

const CREDENTIALS =
  'RingCentral refuses the login: check RINGCENTRAL_CLIENT_ID, RINGCENTRAL_CLIENT_SECRET and RINGCENTRAL_JWT against the app in the RingCentral console, and that the app allows the JWT flow; then start the relay again.'
const PERMISSION =
  'A permission is missing: add CallControl, SubscriptionWebhook, ReadAccounts and ReadPresence to the app in the RingCentral console.'
const USER_RIGHTS =
  'The user of RINGCENTRAL_JWT may not subscribe to the account: give that user a role in the RingCentral console that sees all extensions.'
const ADDRESS =
  'RingCentral does not take the webhook address: RELAY_PUBLIC_URL should be a public https address that leads to this relay.'
const CERTIFICATE =
  'RingCentral does not trust the certificate at RELAY_PUBLIC_URL: serve the whole certificate chain with TLS 1.2 or newer.'
const ANSWER =
  'RingCentral got a wrong answer at RELAY_PUBLIC_URL/webhook: make sure that no proxy adds headers or changes the answer.'

/** RingCentral's words for what only a person can mend. */
const BLOCKED: Readonly<Record<string, string>> = {
  'CMN-101': ADDRESS,
  'CMN-401': PERMISSION,
  'CMN-408': USER_RIGHTS,
  'SUB-508': USER_RIGHTS,
  'SUB-515': USER_RIGHTS,
  'SUB-524': CERTIFICATE,
  'SUB-525': ANSWER,
  ...Object.fromEntries([402, 403, 404, 405, 406, 407, 408].map((number) => [`SUB-${number}`, USER_RIGHTS])),
}

const REFUSED: ReadonlySet<string> = new Set([
  'OAU-112',
  'OAU-125',
  'OAU-140',
  'OAU-141',
  'OAU-142',
  'OAU-146',
  'OAU-147',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
])

/** Without a `Retry-After`, RingCentral's penalty lasts at least this long. */
const MIN_PENALTY_MS = 30 * SECOND_MS
const MAX_BACKOFF_MS = MINUTE_MS
const FIRST_BACKOFF_MS = 2 * SECOND_MS

export function judgeError({ status, codes, retryAfterMs }: RingCentralError): Judgement {
  if (status === 429) return { kind: 'retry', afterMs: retryAfterMs ?? MIN_PENALTY_MS }
  if (codes.some((code) => REFUSED.has(code))) return { kind: 'refused', advice: CREDENTIALS }
  for (const code of codes) {
    const advice = BLOCKED[code]
    if (advice !== undefined) return { kind: 'blocked', advice }
  }
  return { kind: 'retry', afterMs: retryAfterMs }
}

/** What to say of event filters that RingCentral accepted and then disabled. */
export function adviseDisabledFilters(filters: readonly string[]): string {
  const permission = filters.some((filter) => filter.includes('/telephony/')) ? 'CallControl' : 'SubscriptionWebhook'
  return `RingCentral disabled the event filters ${filters.join(', ')}: add the permission ${permission} to the app in the RingCentral console, and let the user of RINGCENTRAL_JWT see all extensions.`
}

/**
 * How long to wait before try number `attempt` (0 is the first repetition):
 * random between half and all of min(60 s, 2 s × 2^attempt), and never less than RingCentral asked for.
 */
export function backoffMs(attempt: number, afterMs: number | undefined, random: () => number): number {
  const cap = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(attempt, 10))
  return Math.max(afterMs ?? 0, cap * (0.5 + random() / 2))
}
