import { i18n } from '#i18n'
import type { CrmAnswer } from '../../shared/protocol/http/crm.ts'
import type { CrmSilence } from '../lib/contract/crm.ts'
import { nameCrm } from '../ui/crm/use-crm.ts'
import type { RecordsModel } from './records-model.ts'

/** Why there is nothing to see, or what keeps calls from being written; nothing while all is well. */
export function Standing({ model }: { readonly model: RecordsModel }) {
  const [crm, report] = [model.crm.value, model.report.value]
  if (crm === undefined) return <p class="silence quiet">{i18n.t('crm.asking')}</p>
  if (crm.kind !== 'given') return <Silence silence={crm} onAgain={() => void model.ask()} />
  return (
    <>
      <Connection crm={crm.crm} />
      {crm.crm.isOn && report !== undefined && report.kind !== 'given' && (
        <Silence silence={report} onAgain={() => void model.ask()} />
      )}
    </>
  )
}

interface SilenceProps {
  readonly silence: CrmSilence
  readonly onAgain: () => void
}

function Silence({ silence, onAgain }: SilenceProps) {
  const text = silence.kind === 'refused' ? silence.sentence : i18n.t(`crm.${silence.kind}`)
  return (
    <div class="silence">
      <p class={silence.kind === 'signedOut' ? undefined : 'problem'} role="status">
        {text}
      </p>
      {silence.kind !== 'signedOut' && silence.kind !== 'otherVersion' && (
        <button type="button" onClick={onAgain}>
          {i18n.t('crm.reload')}
        </button>
      )}
    </div>
  )
}

function Connection({ crm }: { readonly crm: CrmAnswer }) {
  if (!crm.isOn) {
    return (
      <p class="silence" role="status">
        {i18n.t('crm.notOn')} {i18n.t('crm.notOnAsk')}
      </p>
    )
  }
  const name = nameCrm(crm)
  const { isConnected, canConnect, fault } = crm
  if (isConnected && fault === undefined) return null
  return (
    <div class="silence fault">
      <p role="status">
        {isConnected ? i18n.t('crm.fault', [name]) : i18n.t('crm.notConnected', [name])} {fault}
      </p>
      {canConnect && (
        <a href="/options.html">
          {isConnected ? i18n.t('crm.settings.connectAgain') : i18n.t('crm.settings.connect', [name])}
        </a>
      )}
    </div>
  )
}
