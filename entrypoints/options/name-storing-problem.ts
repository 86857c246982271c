import { i18n } from '#i18n'
import { unreachable } from '../../shared/assert.ts'
import type { StoringProblem } from '../lib/contract/messages.ts'

/** Why contacts were not kept, as a sentence. */
export function nameStoringProblem(problem: StoringProblem): string {
  switch (problem) {
    case 'signedOut':
      return i18n.t('contacts.signedOutNow')
    case 'interrupted':
      return i18n.t('contacts.interrupted')
    // Contacts belong to no call: whatever else it is, the store did not take them.
    case 'unknownCall':
    case 'refused':
      return i18n.t('contacts.refused')
    default:
      return unreachable(problem)
  }
}
