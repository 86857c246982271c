import { i18n } from '#i18n'
import type { CrmRecordJson } from '../../../shared/protocol/http/crm.ts'

/** Why a call's record stands as it does, as sentences; what the CRM or the relay said is added in its own words. */
export function explainRecord({ state, words }: Pick<CrmRecordJson, 'state' | 'words'>, crmName: string): string {
  const why = i18n.t(`crm.why.${state}`, [crmName])
  return words === undefined || words === '' ? why : `${why} ${i18n.t('crm.reason', [words])}`
}
