import { unreachable } from '../../shared/assert.ts'
import { MINUTE_MS } from '../../shared/time.ts'
import type { RingCentralError } from './api.ts'

/**
 * What follows from a request that failed, in one table: by what the request was for, and by what RingCentral said.
 *
 * RingCentral says what is wrong with codes of its own. A firewall, a proxy or a page of maintenance on the way answers with
 * the same statuses and without them, and its answer decides nothing: the request has failed, and is sent again later. So only
 * a code ends a login, stops the relay, signs a user out or says that something is not there.
 *
 * Source: RingCentral developer guide, error codes of authorisation, subscriptions and the common ones.
 */
export type Verdict =
  /** Try again, not before `afterMs` when RingCentral said so. `advice` says what may have to be changed. */
  | { readonly kind: 'retry'; readonly afterMs: number | undefined; readonly advice?: string }
  /** Something must be changed at RingCentral or here; `advice` says what. Trying more often would not help. */
  | { readonly kind: 'blocked'; readonly advice: string }
  /** The relay's own credentials are refused: nothing more may be sent with them. */
  | { readonly kind: 'refused'; readonly advice: string }
  /** The tokens that were sent are of no use any more; others may be. */
  | { readonly kind: 'over' }
  /** RingCentral does not know what was asked for. */
  | { readonly kind: 'gone' }

/** What a request was for. */
export type Purpose =
  /** The relay's own login, with its JWT. */
  | 'login'
  /** New tokens for that login. */
  | 'serviceRefresh'
  /** New tokens for a signed-in user. */
  | 'personRefresh'
  /** The relay's webhook subscription, and what has to be known for it. */
  | 'subscription'
  /** Anything else in the relay's own name. */
  | 'service'
  /** Anything else in the name of a signed-in user. */
  | 'person'

/** What a code is about. */
export type Subject =
  /** The app: it is unknown, or may not do this for any user. */
  | 'app'
  /** A JWT, a refresh token, or whom they belong to. */
  | 'grant'
  /** An access token, by the word of the login. */
  | 'token'
  /** The same, by the word of the API before it. */
  | 'session'
  | 'permission'
  /** Anything that only a person can mend. */
  | 'setting'
  /** The webhook, which may just be on its way to be reached. */
  | 'webhook'
  /** A thing that is not there. */
  | 'thing'
  /** Nothing that decides: no code of RingCentral's, or one that says only that it failed. */
  | 'nothing'

/** Of no consequence for a login. */
const LATER = { permission: 'retry', setting: 'retry', webhook: 'retry', thing: 'retry', nothing: 'retry' } as const
const SERVICE = { ...LATER, app: 'refused', grant: 'refused', token: 'over', session: 'over', thing: 'gone' } as const

const VERDICTS: Readonly<Record<Purpose, Readonly<Record<Subject, Verdict['kind']>>>> = {
  login: { app: 'refused', grant: 'refused', token: 'refused', session: 'retry', ...LATER },
  // The JWT is left, and decides whether the relay is let in.
  serviceRefresh: { app: 'over', grant: 'over', token: 'over', session: 'retry', ...LATER },
  // Where the app is refused no login could be refreshed, and none has ended.
  personRefresh: { app: 'retry', grant: 'over', token: 'over', session: 'retry', ...LATER },
  subscription: { ...SERVICE, permission: 'blocked', setting: 'blocked' },
  service: { ...SERVICE, permission: 'blocked' },
  person: { ...LATER, app: 'retry', grant: 'over', token: 'over', session: 'over', thing: 'gone' },
}

interface Meaning {
  readonly subject: Subject
  readonly advice?: string
}

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

/** RingCentral's words, and OAuth's (RFC 6749) where it uses those. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  'OAU-112': { subject: 'app', advice: GRANT },
  'OAU-120': { subject: 'app', advice: CLIENT },
  'OAU-123': { subject: 'app', advice: CLIENT },
  'OAU-146': { subject: 'app', advice: CLIENT },
  unauthorized_client: { subject: 'app', advice: GRANT },
  unsupported_grant_type: { subject: 'app', advice: GRANT },
  invalid_client: { subject: 'app', advice: CLIENT },
  'OAU-125': { subject: 'grant', advice: CREDENTIALS },
  'OAU-140': { subject: 'grant', advice: JWT },
  'OAU-141': { subject: 'grant', advice: CREDENTIALS },
  'OAU-142': { subject: 'grant', advice: CREDENTIALS },
  'OAU-147': { subject: 'grant', advice: CREDENTIALS },
  invalid_grant: { subject: 'grant', advice: JWT },
  'OAU-128': { subject: 'token' },
  'OAU-129': { subject: 'token' },
  'OAU-149': { subject: 'token' },
  'AGW-401': { subject: 'session' },
  'AGW-402': { subject: 'session' },
  'CMN-405': { subject: 'session' },
  'CMN-401': { subject: 'permission' },
  'CMN-408': { subject: 'permission' },
  'CMN-101': { subject: 'setting', advice: ADDRESS },
  'SUB-505': { subject: 'setting', advice: FULL },
  'SUB-508': { subject: 'setting', advice: FILTERS },
  'SUB-515': { subject: 'setting', advice: FILTERS },
  'SUB-524': { subject: 'setting', advice: CERTIFICATE },
  'SUB-525': { subject: 'setting', advice: ANSWER },
  ...Object.fromEntries(
    [402, 403, 404, 405, 406, 407, 408].map((number) => [
      `SUB-${number}`,
      { subject: 'setting', advice: USER_RIGHTS } as const,
    ]),
  ),
  'SUB-521': { subject: 'webhook', advice: UNREACHABLE },
  'SUB-522': { subject: 'webhook', advice: STATUS },
  'CMN-102': { subject: 'thing' },
  'SUB-507': { subject: 'thing' },
}

/** Without a `Retry-After`: RingCentral counts by the minute, and a request too early would restart the penalty. */
export const MIN_PENALTY_MS = MINUTE_MS

/** What a verdict goes by. */
export type FailureFacts = Pick<RingCentralError, 'status' | 'codes' | 'retryAfterMs' | 'permission' | 'isLoginRefused'>

export function judge(purpose: Purpose, failure: FailureFacts): Verdict {
  const { status, retryAfterMs } = failure
  if (status === 429) return { kind: 'retry', afterMs: retryAfterMs ?? MIN_PENALTY_MS }
  const { subject, advice } = selectMeaning(failure)
  const kind = failure.isLoginRefused ? 'refused' : VERDICTS[purpose][subject]
  switch (kind) {
    case 'retry':
      return { kind, afterMs: retryAfterMs, ...(subject === 'webhook' && { advice }) }
    case 'blocked':
      return { kind, advice: advice ?? advisePermission(failure) }
    case 'refused':
      return { kind, advice: advice ?? CREDENTIALS }
    case 'over':
    case 'gone':
      return { kind }
    default:
      return unreachable(kind)
  }
}

/** Whether RingCentral itself answered: it has a code for whatever it refuses. */
export function isOwnAnswer({ codes }: Pick<RingCentralError, 'codes'>): boolean {
  return codes.some((code) => OWN_CODE.test(code) || Object.hasOwn(MEANINGS, code))
}

const OWN_CODE = /^[A-Z]{2,5}-\d{2,4}$/

function selectMeaning({ status, codes }: Pick<RingCentralError, 'status' | 'codes'>): Meaning {
  const known = codes.flatMap((code) => (Object.hasOwn(MEANINGS, code) ? [MEANINGS[code] as Meaning] : []))
  // The app is refused whatever else is said: then the app alone is at fault.
  const meaning = known.find(({ subject }) => subject === 'app') ?? known[0] ?? guessMeaning(status, codes)
  return endsLogins(meaning.subject) && !isRefusal(status) ? { subject: 'nothing' } : meaning
}

/** Codes that are not listed still tell what they are about, by their family and the status. */
function guessMeaning(status: number | undefined, codes: readonly string[]): Meaning {
  if (codes.some((code) => code.startsWith('OAU-') && OWN_CODE.test(code))) return { subject: 'token' }
  if (!isOwnAnswer({ codes })) return { subject: 'nothing' }
  if (status === 401) return { subject: 'session' }
  return { subject: status === 404 ? 'thing' : 'nothing' }
}

function endsLogins(subject: Subject): boolean {
  return subject === 'app' || subject === 'grant' || subject === 'token' || subject === 'session'
}

/** A request that RingCentral would answer again in the same way. */
export function isRefusal(status: number | undefined): boolean {
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
