import { i18n } from '#i18n'
import type { CrmState as State } from '../../../shared/protocol/http/crm.ts'

/** How a call's record in the CRM stands: a coloured shape and a word. Needs crm.css. */
export function CrmState({ state }: { readonly state: State }) {
  return (
    <span class="crm-state" data-state={state}>
      {i18n.t(`crm.state.${state}`)}
    </span>
  )
}
