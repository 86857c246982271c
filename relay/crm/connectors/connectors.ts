import type { Connector, CrmName } from '../connector.ts'
import { hubspot } from './hubspot.ts'

/** Every CRM that the relay knows, by the name in `RELAY_CRM`. */
export const CONNECTORS: Readonly<Partial<Record<CrmName, Connector>>> = { hubspot }
