import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import type { CrmRecordJson } from '../../shared/protocol/http/crm.ts'
import { nameCrm } from '../ui/crm/use-crm.ts'
import { useRecordChoice } from '../ui/crm/use-record-choice.ts'
import { Choices } from './Choices.tsx'
import { Groups } from './Groups.tsx'
import { RecordItem } from './RecordItem.tsx'
import type { RecordsModel } from './records-model.ts'
import { Standing } from './Standing.tsx'

/** What became of calls in the CRM: how many are there, and of each that is not, why, and what to do about it. */
export function CrmRecordPage({ model }: { readonly model: RecordsModel }) {
  const crm = model.crm.value
  const isOn = crm?.kind === 'given' && crm.crm.isOn
  const crmName = isOn ? nameCrm(crm.crm) : undefined
  return (
    <main>
      <header class="head">
        <h1>{i18n.t('crm.title')}</h1>
        <a class="quiet" href="/options.html">
          {i18n.t('crm.toSettings')}
        </a>
      </header>
      <p class="quiet">{crmName === undefined ? i18n.t('crm.leadNoName') : i18n.t('crm.lead', [crmName])}</p>
      <Standing model={model} />
      {crmName !== undefined && (
        <>
          <Choices model={model} />
          <Groups model={model} />
          <Records model={model} crmName={crmName} />
        </>
      )}
    </main>
  )
}

/** More than anybody looks through at once; a year of an account would not fit a page. */
const SHOWN_AT_ONCE = 100

function Records({ model, crmName }: { readonly model: RecordsModel; readonly crmName: string }) {
  const [most, setMost] = useState(SHOWN_AT_ONCE)
  const choice = useRecordChoice(crmName)
  const records = model.records.value
  const { group, isAccount } = model.shown.value
  if (model.report.value?.kind !== 'given') return null
  if (records.length === 0) return <p class="empty">{i18n.t(`crm.empty.${group}`, [crmName])}</p>
  return (
    <>
      <ul class="records" aria-label={i18n.t('crm.pageTitle')}>
        {records.slice(0, most).map((record: CrmRecordJson) => (
          <RecordItem key={record.key} {...{ record, crmName, choice }} isOwnerShown={isAccount} />
        ))}
      </ul>
      {records.length > most && (
        <button type="button" onClick={() => setMost(most + SHOWN_AT_ONCE)}>
          {i18n.t('crm.more', [String(records.length - most)])}
        </button>
      )}
    </>
  )
}
