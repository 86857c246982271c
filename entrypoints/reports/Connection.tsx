import { i18n } from '#i18n'
import type { Status } from '../lib/contract/messages.ts'
import { formatMoment, formatTime } from '../lib/wording/format.ts'
import { language } from '../lib/wording/labels.ts'

/** Whether what is shown is up to date. */
export function Connection({ connection }: Pick<Status, 'connection'>) {
  return (
    <span class="connection quiet" role="status">
      {connection.state === 'lost'
        ? i18n.t('connection.lost', [formatTime(connection.sinceMs, language())])
        : i18n.t(`connection.${connection.state}`)}
    </span>
  )
}

interface GapProps extends Pick<Status, 'gapNoticedMs'> {
  /** Where the range begins: calls before that are not shown. */
  readonly fromMs: number
}

/** That calls of the range may be missing. */
export function Gap({ gapNoticedMs, fromMs }: GapProps) {
  if (gapNoticedMs === undefined || gapNoticedMs <= fromMs) return null
  return <p class="problem">{i18n.t('connection.gap', [formatMoment(gapNoticedMs, Date.now(), language())])}</p>
}
