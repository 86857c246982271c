import type { CrmFault } from '../api.ts'

/** What would mend a refusal, by what the CRM answered. */
export function mendingOf({ status }: CrmFault): string {
  switch (status) {
    // The relay itself refused, and has said what to do.
    case undefined:
      return ''
    case 403:
      return 'Give the connection the permission in the CRM, then try again.'
    case 404:
      return 'The contact may have been deleted or merged: choose another one, or try again.'
    default:
      return 'Change in the CRM what keeps it from taking the call, then try again.'
  }
}
