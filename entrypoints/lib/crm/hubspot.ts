import type { Crm } from './crm.ts'

export const HUBSPOT: Crm = {
  id: 'hubspot',
  name: 'HubSpot',
  // `app`, and one host for each data centre: `app-eu1`, `app-na2`, `app-ap1`.
  matches: ['https://*.hubspot.com/*'],
  exampleRecord: 'https://app.hubspot.com/contacts/1234567/record/0-1/101',
  recordPatterns: [
    '/contacts/{id}/record/*/{id}',
    '/contacts/{id}/contact/{id}',
    '/contacts/{id}/company/{id}',
    '/contacts/{id}/deal/{id}',
  ],
  searches: [
    '{origin}/contacts/{portal}/objects/0-1/views/all/list?query={digits}',
    '{origin}/contacts/{portal}/objects/0-1/views/all/list?query={name}',
  ],
  // Whatever the tool, the account's number comes right after it.
  pageValues: { portal: /^\/[\w-]+\/(\d+)(?![^/?])/ },
}
