import { browser } from 'wxt/browser'
import { i18n } from '#i18n'
import { writeBoardNoticeId } from '../../lib/contract/board-notices.ts'
import type { Names } from '../model/words.ts'
import { nameAlert } from './alert-words.ts'
import type { AlertNotices } from './alerts-model.ts'

/** Chrome's own notifications, for whoever has allowed them: the worker hears the clicks on them. */
export function createAlertNotices(names: () => Names): AlertNotices {
  return {
    show: (alert) => {
      if (alert.kind === 'rule' && alert.isOwn) return
      // Without the person's permission there is no such API at all.
      void browser.notifications?.create(writeBoardNoticeId(alert.kind, alert.of), {
        type: 'basic',
        iconUrl: browser.runtime.getURL('/icon/128.png'),
        title: nameAlert(alert, names()),
        message: alert.kind === 'rule' ? i18n.t('routing.byRule', [alert.rule]) : i18n.t('board.title'),
        buttons: [{ title: i18n.t('alerts.turnOff') }],
      })
    },
    clear: ({ kind, of }) => void browser.notifications?.clear(writeBoardNoticeId(kind, of)),
  }
}
