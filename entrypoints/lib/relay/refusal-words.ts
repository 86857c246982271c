import { i18n } from '#i18n'
import { SECOND_MS } from '../../../shared/time.ts'
import { language } from '../wording/labels.ts'
import type { Refusal, RefusalCode } from './relay-client.ts'

/** A refusal as a sentence for the person who clicked; what RingCentral said is added in its own words. */
export function describeRefusal({ code, reason, retryAfterS }: Refusal, nowMs: number): string {
  const sentence =
    retryAfterS === undefined
      ? i18n.t(`refusal.${SENTENCES[code]}`)
      : i18n.t('refusal.busyUntil', [formatSecond(nowMs + retryAfterS * SECOND_MS)])
  return reason === undefined ? sentence : i18n.t('refusal.withReason', [sentence, reason])
}

/** Sentence of the locales for each reason. */
const SENTENCES = {
  aborted: 'refused',
  app_permission_missing: 'appPermissionMissing',
  bad_request: 'invalid',
  compressed: 'invalid',
  forbidden: 'forbidden',
  foreign_origin: 'refused',
  headers_too_large: 'invalid',
  internal: 'refused',
  invalid_code: 'signInAgain',
  invalid_request: 'invalid',
  log_unavailable: 'refused',
  method_not_allowed: 'invalid',
  no_phone: 'noPhone',
  no_target: 'noTarget',
  not_allowed: 'notWatched',
  not_found: 'invalid',
  not_ready: 'refused',
  not_stored: 'refused',
  not_there: 'notThere',
  not_watched: 'notWatched',
  not_your_party: 'notYours',
  permission_missing: 'permissionMissing',
  refused: 'refused',
  relay_silent: 'relaySilent',
  relay_unreachable: 'relayUnreachable',
  restart: 'relayUnreachable',
  ringcentral_busy: 'busy',
  ringcentral_failed: 'failed',
  ringcentral_refused: 'failed',
  ringcentral_silent: 'silent',
  ringcentral_unreachable: 'silent',
  sign_in_again: 'signInAgain',
  supervisors_only: 'supervisorsOnly',
  too_large: 'invalid',
  too_many: 'refused',
  too_many_failures: 'refused',
  too_slow: 'relaySilent',
  unauthorised: 'signInAgain',
  unconfirmed: 'unconfirmed',
  unknown_session: 'notThere',
  upgrade_required: 'invalid',
  wrong_secret: 'refused',
  wrong_state: 'wrongState',
} as const satisfies Readonly<Record<RefusalCode, string>>

/** A moment that is less than a minute away, to the second. */
function formatSecond(ms: number): string {
  return new Intl.DateTimeFormat(language(), { timeStyle: 'medium' }).format(ms)
}
