import type { Crm } from './crm.ts'

export const PIPEDRIVE: Crm = {
  id: 'pipedrive',
  name: 'Pipedrive',
  matches: ['https://*.pipedrive.com/*'],
  exampleRecord: 'https://acme.pipedrive.com/person/101',
  recordPatterns: ['/person/{id}', '/organization/{id}', '/deal/{id}', '/leads/inbox/{id}'],
  // Seen in one public source only.
  searches: ['{origin}/search?term={digits}', '{origin}/search?term={name}'],
}
