import { useEffect, useState } from 'preact/hooks'
import type { CrmAnswer } from '../../../shared/protocol/http/crm.ts'
import type { CrmReport } from '../../lib/contract/crm.ts'
import { interrupted, listenToAnnouncements, sendMessage } from '../../lib/contract/messages.ts'

/** Which CRM the relay has; `undefined` until the worker has answered. */
export function useCrm(): CrmReport | undefined {
  const [report, setReport] = useState<CrmReport>()
  useEffect(() => {
    let isWanted = true
    const ask = async () => {
      const answer = await sendMessage('getCrm').catch((): CrmReport => ({ kind: interrupted() }))
      if (isWanted) setReport(answer)
    }
    void ask()
    const stopListening = listenToAnnouncements((announcement) => void (announcement === 'crm' && ask()))
    return () => {
      isWanted = false
      stopListening()
    }
  }, [])
  return report
}

/** What the relay's CRM is called; `undefined` while none is known. */
export function useCrmName(): string | undefined {
  const report = useCrm()
  return report?.kind === 'given' && report.crm.isOn ? nameCrm(report.crm) : undefined
}

/** A CRM without a name for display is called by its short one. */
export function nameCrm({ displayName, name }: Pick<CrmAnswer, 'displayName' | 'name'>): string {
  return displayName ?? name ?? 'CRM'
}
