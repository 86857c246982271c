import type { Crm } from './crm.ts'

export const DYNAMICS: Crm = {
  id: 'dynamics',
  name: 'Dynamics 365',
  // One host an organisation and region: `contoso.crm4.dynamics.com`.
  matches: ['https://*.dynamics.com/*'],
  exampleRecord:
    'https://acme.crm4.dynamics.com/main.aspx?appid=7f1b2c3d-0000-4000-8000-000000000001&pagetype=entityrecord&etn=contact&id=7f1b2c3d-0000-4000-8000-000000000101',
  recordPatterns: [
    '/main.aspx?appid=*&pagetype=entityrecord&etn=*&id={id}',
    '/main.aspx?pagetype=entityrecord&etn=*&id={id}',
  ],
  // `searchType=0` searches by relevance, 1 by category.
  searches: [
    '{origin}/main.aspx?appid={appid}&pagetype=search&searchText={digits}&searchType=0',
    '{origin}/main.aspx?appid={appid}&pagetype=search&searchText={name}&searchType=0',
  ],
  pageValues: { appid: /[?&]appid=([\da-f-]+)/i },
}
