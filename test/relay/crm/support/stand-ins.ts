import { type CrmApi, createCrmApi } from '../../../../relay/crm/api.ts'
import type { Connector } from '../../../../relay/crm/connector.ts'
import type { CrmStandIn } from '../../../crm-stand-ins/stand-in.ts'

/** The API of a stand-in as the relay has it: with the account's key, or else with an access token. */
export function openApi(
  connector: Connector,
  standIn: Pick<CrmStandIn, 'url' | 'key'> & Partial<Pick<CrmStandIn, 'tokens'>>,
  baseUrl = standIn.url,
): CrmApi {
  const { key, oauth } = connector.auth
  const credential =
    key?.template.replace('{key}', standIn.key) ??
    `${oauth?.scheme ?? 'Bearer'} ${standIn.tokens?.grant().accessToken ?? ''}`
  const [scheme, ...rest] = credential.split(' ')
  const value = key?.isBasic ? `${scheme} ${Buffer.from(rest.join(' ')).toString('base64')}` : credential
  return createCrmApi({
    baseUrl,
    authorize: async () => ({ [key?.header ?? 'authorization']: value }),
    takeTurn: async () => {},
    isLimit: connector.isLimit,
  })
}
