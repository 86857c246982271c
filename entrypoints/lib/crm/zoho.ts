import type { Crm } from './crm.ts'

export const ZOHO: Crm = {
  id: 'zoho',
  name: 'Zoho CRM',
  // A match pattern has no wildcard for the end of a host: one for each data centre.
  matches: [
    'https://crm.zoho.com/*',
    'https://crm.zoho.eu/*',
    'https://crm.zoho.in/*',
    'https://crm.zoho.com.au/*',
    'https://crm.zoho.jp/*',
    'https://crm.zoho.ca/*',
    'https://crm.zoho.sa/*',
    'https://crm.zoho.com.cn/*',
  ],
  exampleRecord: 'https://crm.zoho.com/crm/org1234567/tab/Contacts/101000000012345',
  recordPatterns: ['/crm/*/tab/*/{id}', '/crm/tab/*/{id}'],
  searches: [
    '{origin}/crm/search?searchword={digits}&isRelevance=false',
    '{origin}/crm/search?searchword={name}&isRelevance=false',
  ],
}
