import type { Crm } from './crm.ts'

export const FRESHDESK: Crm = {
  id: 'freshdesk',
  name: 'Freshdesk',
  matches: ['https://*.freshdesk.com/*'],
  exampleRecord: 'https://acme.freshdesk.com/a/contacts/101',
  recordPatterns: ['/a/contacts/{id}', '/a/companies/{id}', '/a/tickets/{id}'],
  searches: ['{origin}/a/search/customers?term={digits}', '{origin}/a/search/customers?term={name}'],
}
