import { i18n } from '#i18n'
import type { ActionKind } from '../../../shared/call/action-kinds.ts'
import type { OfferedActions } from '../../lib/contract/call-actions.ts'

/** The word on an action's button. */
export function nameAction(
  kind: ActionKind,
  { isHoldingFirst, questionFor }: Pick<OfferedActions, 'isHoldingFirst' | 'questionFor'>,
): string {
  if (kind === 'connect') return i18n.t('action.connect', [questionFor ?? ''])
  return kind === 'answer' && isHoldingFirst ? i18n.t('action.holdAndAnswer') : i18n.t(`action.${kind}`)
}
