import { useEffect, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { listSessions } from '../../lib/call/call-story.ts'
import type { ReadableStore } from '../../lib/store/open.ts'
import { readRuleNotices } from '../../lib/store/rule-notices.ts'
import type { CallRow, StoredRuleNotice } from '../../lib/store/schema.ts'

/** What rules of the account did about a call: that one sent it to the person, or on from their phone, and what they were told. */
export function RuleRemarks({ row, store }: { readonly row: CallRow; readonly store: ReadableStore }) {
  const notices = useNotices(row, store)
  if (notices.length === 0) return null
  return (
    <ul class="remarks">
      {notices.map(({ kind, rule, text = '' }) => (
        <li key={`${kind} ${rule}`}>
          {kind === 'alert'
            ? i18n.t('routing.alertBy', [rule, text])
            : i18n.t(kind === 'sent' ? 'card.sentByRule' : 'card.movedByRule', [rule])}
        </li>
      ))}
    </ul>
  )
}

function useNotices(row: CallRow, store: ReadableStore): readonly StoredRuleNotice[] {
  const [notices, setNotices] = useState<readonly StoredRuleNotice[]>([])
  useEffect(() => {
    let isWanted = true
    const reading = listSessions(store, row).then((sessions) => readRuleNotices(store, sessions))
    void reading.then((read) => isWanted && setNotices(read))
    return () => {
      isWanted = false
    }
  }, [row, store])
  return notices
}
