import { browser } from 'wxt/browser'
import { i18n } from '#i18n'
import type { AlertKind } from './alerts.ts'

/** Chrome's own notifications for what a person would otherwise forget, each with a button that switches its kind off. */
export interface AlertNotifications {
  show(kind: AlertKind, of: string, title: string, message: string): Promise<void>
  clear(kind: AlertKind, of: string): Promise<void>
}

const PREFIX = 'alert'

export const alertNotifications: AlertNotifications = {
  show: async (kind, of, title, message) => {
    // Without the person's permission there is no such API at all.
    await browser.notifications?.create(notificationId(kind, of), {
      type: 'basic',
      iconUrl: browser.runtime.getURL('/icon/128.png'),
      title,
      message,
      buttons: [{ title: i18n.t('alerts.turnOff') }],
    })
  },
  clear: async (kind, of) => {
    await browser.notifications?.clear(notificationId(kind, of))
  },
}

function notificationId(kind: AlertKind, of: string): string {
  return [PREFIX, kind, of].join(':')
}

/** Which kind of alert a notification is; `undefined` for one of another sort. */
export function readAlertKind(id: string): AlertKind | undefined {
  const [prefix, kind] = id.split(':')
  if (prefix !== PREFIX) return undefined
  return kind === 'hold' || kind === 'ring' || kind === 'missed' ? kind : undefined
}
