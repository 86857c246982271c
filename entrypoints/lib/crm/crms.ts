import { MatchPattern } from 'wxt/utils/match-patterns'
import type { Crm } from './crm.ts'
import { DYNAMICS } from './dynamics.ts'
import { FRESHDESK } from './freshdesk.ts'
import { HUBSPOT } from './hubspot.ts'
import { PIPEDRIVE } from './pipedrive.ts'
import { SALESFORCE } from './salesforce.ts'
import { ZENDESK } from './zendesk.ts'
import { ZOHO } from './zoho.ts'

/** The CRMs that are known by name, as the settings list them. */
export const CRMS: readonly Crm[] = [SALESFORCE, HUBSPOT, ZENDESK, PIPEDRIVE, ZOHO, DYNAMICS, FRESHDESK]

/** The CRM that an address belongs to, or a grant (`https://acme.lightning.force.com/*`); `undefined`: none that is known. */
export function findCrm(address: string): Crm | undefined {
  // In a grant's host the wildcard stands for any name; as one it belongs to the same CRM.
  const concrete = address.replace('://*.', '://any.')
  return CRMS.find(({ matches }) => matches.some((pattern) => matchesPattern(pattern, concrete)))
}

/** Whether Chrome would say that an address is under a match pattern. */
export function matchesPattern(pattern: string, address: string): boolean {
  return URL.canParse(address) && new MatchPattern(pattern).includes(address)
}
