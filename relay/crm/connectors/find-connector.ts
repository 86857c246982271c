import { type Connector, CRM_NAMES } from '../connector.ts'
import { CONNECTORS } from './connectors.ts'

/** The connector that `RELAY_CRM` names. Throws a sentence for one that there is not. */
export async function findConnector(crm: string): Promise<Connector> {
  const name = CRM_NAMES.find((one) => one === crm)
  const connector = name && CONNECTORS[name]
  if (connector === undefined) throw new Error(`RELAY_CRM should be one of ${Object.keys(CONNECTORS).join(', ')}.`)
  return connector
}
