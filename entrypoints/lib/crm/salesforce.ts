import type { Crm } from './crm.ts'

/** Lightning. Classic's search lies at `/_ui/search/ui/UnifiedSearchResults?str=`. */
export const SALESFORCE: Crm = {
  id: 'salesforce',
  name: 'Salesforce',
  // The second holds `*.my.salesforce.com` and the hosts of Visualforce, which come in frames, the others.
  matches: [
    'https://*.lightning.force.com/*',
    'https://*.salesforce.com/*',
    'https://*.vf.force.com/*',
    'https://*.visual.force.com/*',
  ],
  exampleRecord: 'https://acme.lightning.force.com/lightning/r/Contact/0035g00000ABCDEAA1/view',
  recordPatterns: ['/lightning/r/*/{id}/view'],
  // `/lightning/search/all?searchTerm=` leads to the start page.
  searches: ['{origin}/one/one.app#{national:lightning}', '{origin}/one/one.app#{name:lightning}'],
}
