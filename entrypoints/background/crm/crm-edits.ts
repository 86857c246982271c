import type { CrmEdits } from '../../lib/crm/site.ts'
import { crmEditsSetting } from '../../lib/settings/settings.ts'

/** What the person changed about CRMs and sites, as it is now; nothing until it has been read. */
export interface CrmEditsReader {
  current(): CrmEdits
}

export function followCrmEdits(onChange: () => void): CrmEditsReader {
  let edits: CrmEdits = {}
  const take = (next: CrmEdits) => {
    edits = next
    onChange()
  }
  crmEditsSetting.watch(take)
  void crmEditsSetting.getValue().then(take)
  return { current: () => edits }
}
