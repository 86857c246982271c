import { useEffect, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { DAY_MS } from '../../../shared/time.ts'
import { listenToAnnouncements, sendMessage } from '../../lib/contract/messages.ts'
import { startOfDay } from '../../lib/wording/format.ts'
import { countOpen } from './record-groups.ts'
import { useCrmName } from './use-crm.ts'

/** Today and the six days before, as the page begins. */
const DAYS = 7

/** That calls of the person's are not in the CRM and wait for them; nothing where there are none, or no CRM. */
export function CrmAttention() {
  const crmName = useCrmName()
  const count = useOpenCount(crmName !== undefined)
  if (crmName === undefined || count === 0) return null
  return (
    <p class="crm-attention">
      {i18n.t('crm.attention', count, [String(count), crmName])}{' '}
      <a href="/crm-record.html" target="_blank" rel="noopener">
        {i18n.t('crm.attentionShow')}
      </a>
    </p>
  )
}

function useOpenCount(hasCrm: boolean): number {
  const [count, setCount] = useState(0)
  useEffect(() => {
    if (!hasCrm) return
    let isWanted = true
    const ask = async () => {
      const sinceMs = startOfDay(Date.now() - (DAYS - 1) * DAY_MS)
      const report = await sendMessage('getCrmRecords', { sinceMs, isMine: true }).catch(() => undefined)
      if (isWanted && report?.kind === 'given') setCount(countOpen(report.answer.counts))
    }
    void ask()
    const stopListening = listenToAnnouncements((announcement) => void (announcement === 'crm' && ask()))
    return () => {
      isWanted = false
      stopListening()
    }
  }, [hasCrm])
  return count
}
