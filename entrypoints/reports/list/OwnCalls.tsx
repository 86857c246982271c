import { CallDetail } from '../../ui/call/CallDetail.tsx'
import { CallTools } from '../../ui/call/CallTools.tsx'
import type { ReportsModel } from '../model.ts'
import { CallsList } from './CallsList.tsx'
import { ExportBar } from './ExportBar.tsx'
import type { OwnCallsModel } from './own-calls-model.ts'
import { SaveEvents } from './SaveEvents.tsx'

export interface OwnCallsProps {
  readonly reports: Pick<ReportsModel, 'status' | 'store'>
  readonly model: OwnCallsModel
}

/** The list of the person's calls in the range, as they are filtered. */
export function OwnCalls({ reports, model }: OwnCallsProps) {
  const store = reports.store.value
  const extensionId = reports.status.value?.user?.extensionId
  if (store === undefined || extensionId === undefined) return null
  return (
    <CallsList
      model={model.list}
      renderDetail={(row) => (
        <>
          <CallTools
            key={`${row.telephonySessionId} tools`}
            row={row}
            store={store}
            isLost={reports.status.value?.connection.state === 'lost'}
            isCalling={model.list.callingId.value === row.telephonySessionId}
            onCalling={model.list.takeCall}
          />
          <CallDetail key={row.telephonySessionId} row={row} store={store} extensionId={extensionId}>
            <SaveEvents key={row.telephonySessionId} row={row} store={store} />
          </CallDetail>
        </>
      )}
    >
      <ExportBar model={model.files} />
    </CallsList>
  )
}
