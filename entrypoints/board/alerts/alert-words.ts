import { i18n } from '#i18n'
import { unreachable } from '../../../shared/assert.ts'
import { formatShare } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import type { Names } from '../model/words.ts'
import type { BoardAlert } from './select-alerts.ts'

/** An alert as a sentence; its time goes on beside it. */
export function nameAlert(alert: BoardAlert, names: Names): string {
  switch (alert.kind) {
    case 'hand':
      return i18n.t('board.alert.hand', [names.person(alert.extensionId)])
    case 'hold':
      return i18n.t('board.alert.hold', [names.person(alert.extensionId)])
    case 'wait':
      return i18n.t('board.alert.wait', [names.queue(alert.queueId)])
    case 'level':
      return i18n.t('board.alert.level', [
        names.queue(alert.queueId),
        formatShare(Math.floor(alert.share * 100) / 100, language()),
        formatShare(alert.goal, language()),
      ])
    case 'important': {
      const { name, phoneNumber, queueId, extensionId } = alert
      const caller = names.counterpart({ name, phoneNumber, extensionId: undefined })
      const where =
        queueId !== undefined ? names.queue(queueId) : extensionId === undefined ? '' : names.person(extensionId)
      return i18n.t('board.alert.important', [caller, where])
    }
    case 'rule': {
      const { name, phoneNumber, text } = alert
      return i18n.t('board.alert.rule', [names.counterpart({ name, phoneNumber, extensionId: undefined }), text])
    }
    default:
      return unreachable(alert)
  }
}
