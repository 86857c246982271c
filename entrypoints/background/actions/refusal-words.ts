import { i18n } from '#i18n'
import { SECOND_MS } from '../../../shared/time.ts'
import { language } from '../../lib/words.ts'
import type { Refusal } from './relay-client.ts'

/** A refusal as a sentence for the person who clicked; what RingCentral said is added in its own words. */
export function describeRefusal({ code, reason, retryAfterS }: Refusal, nowMs: number): string {
  const sentence =
    retryAfterS === undefined
      ? i18n.t(`refusal.${nameCode(code)}`)
      : i18n.t('refusal.busyUntil', [formatSecond(nowMs + retryAfterS * SECOND_MS)])
  return reason === undefined ? sentence : i18n.t('refusal.withReason', [sentence, reason])
}

const NAMES = {
  unauthorised: 'signInAgain',
  sign_in_again: 'signInAgain',
  bad_request: 'invalid',
  invalid_request: 'invalid',
  not_your_party: 'notYours',
  supervisors_only: 'supervisorsOnly',
  not_there: 'notThere',
  wrong_state: 'wrongState',
  forbidden: 'forbidden',
  permission_missing: 'permissionMissing',
  app_permission_missing: 'appPermissionMissing',
  ringcentral_busy: 'busy',
  ringcentral_failed: 'failed',
  ringcentral_silent: 'silent',
  ringcentral_unreachable: 'silent',
  relay_unreachable: 'relayUnreachable',
  relay_silent: 'relaySilent',
  unconfirmed: 'unconfirmed',
  no_target: 'noTarget',
  no_phone: 'noPhone',
} as const

function nameCode(code: string): (typeof NAMES)[keyof typeof NAMES] | 'refused' {
  return isKnown(code) ? NAMES[code] : 'refused'
}

function isKnown(code: string): code is keyof typeof NAMES {
  return Object.hasOwn(NAMES, code)
}

/** A moment that is less than a minute away, to the second. */
function formatSecond(ms: number): string {
  return new Intl.DateTimeFormat(language(), { timeStyle: 'medium' }).format(ms)
}
