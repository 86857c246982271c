import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import type { RingCentralError } from './ringcentral.ts'

/** What to do about a failed request. */
export type Judgement =
  /** Try again, not before `afterMs` when RingCentral said so. `advice` says what somebody may have to change. */
  | { readonly kind: 'retry'; readonly afterMs: number | undefined; readonly advice?: string }
  /** Somebody must change something at RingCentral or here; `advice` says what. Trying more often would not help. */
  | { readonly kind: 'blocked'; readonly advice: string }
  /** The credentials are refused: nothing more may be sent with them. */
  | { readonly kind: 'refused'; readonly advice: string }

type Facts = Pick<RingCentralError, 'status' | 'codes' | 'retryAfterMs' | 'permission' | 'isLoginRefused'>

const CREDENTIALS =
  'RingCentral refuses the login: check RINGCENTRAL_CLIENT_ID, RINGCENTRAL_CLIENT_SECRET and RINGCENTRAL_JWT against the app in the RingCentral console, and that the user of the JWT is enabled; then start the relay again.'
const JWT =
  'RingCentral refuses RINGCENTRAL_JWT: create a new JWT credential for the app in the RingCentral console, signed in as a user who is enabled and whose account is not locked; then start the relay again.'
const CLIENT =
  'RingCentral refuses the app: RINGCENTRAL_CLIENT_ID and RINGCENTRAL_CLIENT_SECRET should be those of the app in the RingCentral console; then start the relay again.'
const GRANT =
  'RingCentral does not let the app log in with a JWT: allow the JWT auth flow in the settings of the app in the RingCentral console; then start the relay again.'
const USER_RIGHTS =
  'The user of RINGCENTRAL_JWT may not subscribe to these events: give that user a role in the RingCentral console that sees all extensions.'
const FILTERS =
  'RingCentral does not take the event filters: RELAY_EXTENSIONS should hold extension ids of the account of RINGCENTRAL_JWT, and RELAY_SCOPE should be account when all of them are meant.'
const ADDRESS =
  'RingCentral does not take the webhook address: RELAY_PUBLIC_URL should be a public https address that leads to this relay.'
const UNREACHABLE =
  'RingCentral does not reach RELAY_PUBLIC_URL/webhook: the address should lead to this relay from anywhere in the internet.'
const STATUS =
  'Something else than this relay answers RingCentral at RELAY_PUBLIC_URL/webhook: the address, and every proxy before the relay, should pass POST /webhook on to it.'
const CERTIFICATE =
  'RingCentral does not trust the certificate at RELAY_PUBLIC_URL: serve the whole certificate chain with TLS 1.2 or newer.'
const ANSWER =
  'RingCentral got a wrong answer at RELAY_PUBLIC_URL/webhook: make sure that no proxy adds headers or changes the answer.'
const FULL =
  'RingCentral takes no more subscriptions of this app and the user of RINGCENTRAL_JWT, and none of the others leads to this relay: give the relay an app of its own in the RingCentral console, or remove subscriptions of the other programs.'

/** RingCentral's words for what only a person can mend. Source: RingCentral developer guide, subscription errors. */
const BLOCKED: Readonly<Record<string, string>> = {
  'CMN-101': ADDRESS,
  'SUB-505': FULL,
  'SUB-508': FILTERS,
  'SUB-515': FILTERS,
  'SUB-524': CERTIFICATE,
  'SUB-525': ANSWER,
  ...Object.fromEntries([402, 403, 404, 405, 406, 407, 408].map((number) => [`SUB-${number}`, USER_RIGHTS])),
}

/** What may pass by itself: the address may just be on its way to lead here. */
const PASSING: Readonly<Record<string, string>> = {
  'SUB-521': UNREACHABLE,
  'SUB-522': STATUS,
}

const REFUSED: Readonly<Record<string, string>> = {
  'OAU-112': GRANT,
  unauthorized_client: GRANT,
  'OAU-146': CLIENT,
  invalid_client: CLIENT,
  'OAU-140': JWT,
  invalid_grant: JWT,
  'OAU-125': CREDENTIALS,
  'OAU-141': CREDENTIALS,
  'OAU-142': CREDENTIALS,
  'OAU-147': CREDENTIALS,
}

/** Without a `Retry-After`: RingCentral counts by the minute, and a request too early would begin the penalty anew. */
export const MIN_PENALTY_MS = MINUTE_MS
const MAX_BACKOFF_MS = MINUTE_MS
const FIRST_BACKOFF_MS = 2 * SECOND_MS

export function judgeError(error: Facts): Judgement {
  const { status, codes, retryAfterMs, isLoginRefused } = error
  if (status === 429) return { kind: 'retry', afterMs: retryAfterMs ?? MIN_PENALTY_MS }
  const refusal = pick(codes, REFUSED)
  if (isLoginRefused || refusal !== undefined) return { kind: 'refused', advice: refusal ?? CREDENTIALS }
  if (isPermissionMissing(error)) return { kind: 'blocked', advice: advisePermission(error) }
  const blocked = pick(codes, BLOCKED)
  if (blocked !== undefined) return { kind: 'blocked', advice: blocked }
  const advice = pick(codes, PASSING)
  return { kind: 'retry', afterMs: retryAfterMs, ...(advice !== undefined && { advice }) }
}

/**
 * Whether a login may be tried again. RingCentral asks to repeat it only after 408, 429 and its own failures; anything else
 * says that the credentials are wrong.
 */
export function isLoginRefusal({ status }: Pick<RingCentralError, 'status'>): boolean {
  return status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 429
}

/** The app or the user lacks a permission. */
export function isPermissionMissing({ codes }: Pick<RingCentralError, 'codes'>): boolean {
  return codes.includes('CMN-401') || codes.includes('CMN-408')
}

/** Says which permission is missing, where RingCentral names it, and who lacks it. */
export function advisePermission({ codes, permission }: Pick<RingCentralError, 'codes' | 'permission'>): string {
  const lacking = codes.includes('CMN-401')
    ? `add ${permission ?? ALL_PERMISSIONS} to the app in the RingCentral console`
    : `give the user of RINGCENTRAL_JWT a role in the RingCentral console that includes ${permission ?? ALL_PERMISSIONS}`
  return `A permission is missing: ${lacking}.`
}

const ALL_PERMISSIONS = 'CallControl, SubscriptionWebhook, ReadAccounts and ReadPresence'

export interface DisabledFilter {
  readonly filter: string
  /** The code of the refusal that the filter alone would get. */
  readonly reason?: string | undefined
}

/** What to say of event filters that RingCentral accepted and then disabled. */
export function adviseDisabledFilters(disabled: readonly DisabledFilter[]): string {
  const filters = disabled.map(({ filter }) => filter)
  const permission = filters.some((filter) => filter.includes('/telephony/')) ? 'CallControl' : 'SubscriptionWebhook'
  const app = `add the permission ${permission} to the app`
  const user = 'let the user of RINGCENTRAL_JWT see all extensions and control their calls'
  const reasons = disabled.flatMap(({ reason }) => reason ?? [])
  const lacking = reasons.includes('CMN-401') ? app : reasons.includes('CMN-408') ? user : `${app}, and ${user}`
  return `RingCentral disabled the event filters ${filters.join(', ')}, which need ${permission}: in the RingCentral console, ${lacking}.`
}

/**
 * How long to wait before try number `attempt` (0 is the first repetition):
 * random between half and all of min(60 s, 2 s × 2^attempt), and never less than RingCentral asked for.
 */
export function backoffMs(attempt: number, afterMs: number | undefined, random: () => number): number {
  const cap = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(attempt, 10))
  return Math.max(afterMs ?? 0, cap * (0.5 + random() / 2))
}

function pick(codes: readonly string[], table: Readonly<Record<string, string>>): string | undefined {
  const code = codes.find((one) => Object.hasOwn(table, one))
  return code === undefined ? undefined : table[code]
}
