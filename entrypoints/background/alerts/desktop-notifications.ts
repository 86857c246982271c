import { browser } from 'wxt/browser'
import { i18n } from '#i18n'
import type { News } from '../../../shared/call/difference.ts'
import { createQueue } from '../../../shared/queue.ts'
import { userCountry } from '../../lib/settings/country.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { nameCounterpart } from '../../lib/wording/labels.ts'
import { formatShownName, formatShownNumber } from '../../lib/wording/shown-number.ts'

/**
 * Chrome's own notifications, for users who have switched them on: a call rings while no CRM page is in sight, or was
 * missed. One a call; it goes when the call is taken, by anybody.
 */
export interface DesktopNotifications {
  tell(row: CallRow, news: readonly News[]): Promise<void>
  /** Takes down all there are. */
  clear(): Promise<void>
}

export interface DesktopNotificationsOptions {
  /** Whether the person has a CRM page before them, where the card tells. */
  readonly isPageInSight: () => boolean
  /** Whether the last digits of numbers are hidden. */
  readonly isMasking: () => boolean
  /** Returns the call under the name by which its caller is known. */
  readonly name: (row: CallRow) => Promise<CallRow>
}

export function createDesktopNotifications({
  isPageInSight,
  isMasking,
  name,
}: DesktopNotificationsOptions): DesktopNotifications {
  // In order: one that is taken down must not come up after all.
  const changes = createQueue()

  async function show(row: CallRow, title: string): Promise<void> {
    const message = [row.queueName, i18n.t(`direction.${row.direction}`)].filter(Boolean).join(' · ')
    await browser.notifications.create(row.telephonySessionId, {
      type: 'basic',
      iconUrl: browser.runtime.getURL('/icon/128.png'),
      title,
      message,
    })
  }

  async function carryOut(row: CallRow, news: readonly News[]): Promise<void> {
    // Without the person's permission there is no such API at all.
    if (browser.notifications === undefined) return
    const id = row.telephonySessionId
    const reader = { country: userCountry(), isMasking: isMasking() }
    const named = await name(row)
    const who = nameCounterpart(
      formatShownName(named.name, row.phoneNumber, reader),
      formatShownNumber(row.phoneNumber, reader),
    )
    if (news.includes('missed')) {
      if (!isPageInSight() || (await isUp(id))) await show(row, i18n.t('notice.missed', [who]))
    } else if (news.includes('ringing')) {
      if (!isPageInSight()) await show(row, i18n.t('notice.ringing', [who]))
    } else if (news.includes('improved') && row.phase === 'ringing') {
      if (await isUp(id)) await show(row, i18n.t('notice.ringing', [who]))
    } else if (news.length > 0) await browser.notifications.clear(id)
  }

  return {
    tell: (row, news) => changes.run(() => carryOut(row, news)),
    clear: () =>
      changes.run(async () => {
        for (const id of await listNotifications()) await browser.notifications.clear(id)
      }),
  }
}

/** Chrome knows which are up, also when the worker that put them there was ended meanwhile. */
async function listNotifications(): Promise<readonly string[]> {
  return browser.notifications === undefined ? [] : Object.keys(await browser.notifications.getAll())
}

async function isUp(id: string): Promise<boolean> {
  return (await listNotifications()).includes(id)
}
