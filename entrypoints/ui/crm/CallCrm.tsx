import { useEffect, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import type { CrmRecordJson } from '../../../shared/protocol/http/crm.ts'
import { HOUR_MS } from '../../../shared/time.ts'
import { listenToAnnouncements, sendMessage } from '../../lib/contract/messages.ts'
import type { ReadableStore } from '../../lib/store/open.ts'
import { readSeenRecords } from '../../lib/store/read-records.ts'
import type { CallRow, SeenRecord } from '../../lib/store/schema.ts'
import { CrmState } from './CrmState.tsx'
import { describeContact } from './contact-line.ts'
import { RecordActions, Way } from './RecordActions.tsx'
import { explainRecord } from './record-words.ts'
import { useCrmName } from './use-crm.ts'
import { useRecordChoice } from './use-record-choice.ts'

export interface CallCrmProps {
  readonly row: CallRow
  readonly store: ReadableStore
}

/** The customer's call may have begun long before it came to this person. */
const JOURNEY_MS = 4 * HOUR_MS

/** Of an opened call: whom the CRM has under the number, and how the call's record there stands. Nothing where there is no CRM. */
export function CallCrm({ row, store }: CallCrmProps) {
  const crmName = useCrmName()
  const told = useToldRecords(row, store)
  const record = useRecord(row, crmName !== undefined)
  const { pending, problems, choose, openForm } = useRecordChoice(crmName ?? '')
  if (told.length === 0 && record === undefined) return null
  return (
    <div class="call-crm">
      {told.map((one) => (
        <p key={one.url}>
          <span class="quiet">{i18n.t('crm.inCrm', [one.toldBy ?? ''])}</span>{' '}
          <bdi>{describeContact({ name: one.title, company: one.company })}</bdi>{' '}
          <Way url={one.url}>{i18n.t('match.open')}</Way>
        </p>
      ))}
      {record !== undefined && crmName !== undefined && (
        <>
          <p>
            <CrmState state={record.state} />{' '}
            {record.state !== 'logged' && <span>{explainRecord(record, crmName)}</span>}
          </p>
          <RecordActions
            {...{ record, crmName }}
            isPending={pending.has(record.key)}
            problem={problems.get(record.key)}
            onChoose={(choice) => void choose(record.key, choice)}
            onNewContact={(number) => void openForm(record.key, number)}
          />
        </>
      )}
    </div>
  )
}

/** What the CRM said of the number when it was asked last. */
function useToldRecords({ numberKey }: CallRow, store: ReadableStore): readonly SeenRecord[] {
  const [told, setTold] = useState<readonly SeenRecord[]>([])
  useEffect(() => {
    let isWanted = true
    setTold([])
    if (numberKey === undefined) return
    void readSeenRecords(store, numberKey).then((records) => {
      if (isWanted) setTold(records.filter(({ toldBy }) => toldBy !== undefined))
    })
    return () => {
      isWanted = false
    }
  }, [numberKey, store])
  return told
}

function useRecord({ telephonySessionId, startedMs }: CallRow, hasCrm: boolean): CrmRecordJson | undefined {
  const [record, setRecord] = useState<CrmRecordJson>()
  useEffect(() => {
    if (!hasCrm) return
    let isWanted = true
    const ask = async () => {
      const query = { sinceMs: startedMs - JOURNEY_MS, telephonySessionId, isMine: true }
      const report = await sendMessage('getCrmRecords', query).catch(() => undefined)
      if (!isWanted || report?.kind !== 'given') return
      setRecord(
        report.answer.records.find(({ telephonySessionIds }) => telephonySessionIds.includes(telephonySessionId)),
      )
    }
    void ask()
    const stopListening = listenToAnnouncements((announcement) => void (announcement === 'crm' && ask()))
    return () => {
      isWanted = false
      stopListening()
    }
  }, [telephonySessionId, startedMs, hasCrm])
  return record
}
