import { i18n } from '#i18n'
import type { ActNotice } from '../../../shared/protocol/act.ts'
import type { RuleNotice } from '../feed/contract.ts'
import type { Names } from '../model/words.ts'

/** What rules have told of a call, a line each: that they sent it to somebody, and their alerts. */
export function RuleLines({ notices, names }: { readonly notices: readonly ActNotice[]; readonly names: Names }) {
  if (notices.length === 0) return null
  return (
    <ul class="rule-lines">
      {notices.map((notice) => (
        <li key={`${notice.kind} ${notice.rule} ${notice.to}`} data-kind={notice.kind}>
          {notice.kind === 'sent'
            ? i18n.t('routing.sentTo', [names.person(notice.to), notice.rule])
            : i18n.t('routing.alertBy', [notice.rule, notice.text])}
        </li>
      ))}
    </ul>
  )
}

/** That a rule has an alert about a call; what it says is in the tooltip, and beside the call when it is opened. */
export function Flag({ notices }: { readonly notices: readonly ActNotice[] }) {
  const texts = notices.flatMap((notice) => (notice.kind === 'alert' ? notice.text : []))
  if (texts.length === 0) return null
  return (
    <span class="flag" title={texts.join('\n')}>
      {i18n.t('routing.flag')}
    </span>
  )
}

/** Of all notices those about a call, by the sessions that it went on in. */
export function selectNotices(notices: readonly RuleNotice[], sessions: readonly string[]): readonly ActNotice[] {
  if (notices.length === 0) return []
  return notices.flatMap(({ act }) => (sessions.includes(act.telephonySessionId) ? act : []))
}
