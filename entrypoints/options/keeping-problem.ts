import { i18n } from '#i18n'
import type { KeepingProblem } from '../lib/contract/messages.ts'

/** Why contacts were not kept, as a sentence. */
export function nameKeepingProblem(problem: KeepingProblem): string {
  switch (problem) {
    case 'signedOut':
      return i18n.t('contacts.signedOutNow')
    case 'interrupted':
      return i18n.t('contacts.interrupted')
    default:
      return i18n.t('contacts.refused')
  }
}
