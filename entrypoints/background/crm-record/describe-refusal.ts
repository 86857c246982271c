import { i18n } from '#i18n'
import type { Refusal, RefusalCode } from '../../lib/relay/relay-client.ts'

/** Why the relay did not do something with the CRM, as a sentence; what the CRM said is added in its own words. */
export function describeCrmRefusal({ code, reason }: Refusal): string {
  const sentence = i18n.t(`crm.refusal.${SENTENCES.get(code) ?? 'refused'}`)
  return reason === undefined ? sentence : i18n.t('crm.refusal.withReason', [sentence, reason])
}

const SENTENCES: ReadonlyMap<RefusalCode, 'signInAgain' | 'notAllowed' | 'gone' | 'away' | 'crmAway' | 'busy'> =
  new Map([
    ['unauthorised', 'signInAgain'],
    ['sign_in_again', 'signInAgain'],
    ['not_allowed', 'notAllowed'],
    ['forbidden', 'notAllowed'],
    ['supervisors_only', 'notAllowed'],
    ['not_watched', 'notAllowed'],
    ['not_there', 'gone'],
    ['not_found', 'gone'],
    ['unknown_session', 'gone'],
    ['wrong_state', 'gone'],
    ['relay_unreachable', 'away'],
    ['relay_silent', 'away'],
    ['restart', 'away'],
    ['not_ready', 'crmAway'],
    ['too_many', 'busy'],
  ])
