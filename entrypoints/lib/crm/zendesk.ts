import type { Crm } from './crm.ts'

export const ZENDESK: Crm = {
  id: 'zendesk',
  name: 'Zendesk',
  matches: ['https://*.zendesk.com/*'],
  exampleRecord: 'https://acme.zendesk.com/agent/users/360012345678',
  recordPatterns: ['/agent/tickets/{id}', '/agent/users/{id}', '/agent/organizations/{id}'],
  searches: ['{origin}/agent/search/1?type=user&q={e164}', '{origin}/agent/search/1?type=user&q={name}'],
}
