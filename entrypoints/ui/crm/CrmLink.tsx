import { i18n } from '#i18n'
import { useCrmName } from './use-crm.ts'

/** The way to what became of calls in the CRM; nothing where the relay has none. */
export function CrmLink({ isAccount = false }: { readonly isAccount?: boolean }) {
  if (useCrmName() === undefined) return null
  return (
    <a class="quiet" href={isAccount ? '/crm-record.html?whose=account' : '/crm-record.html'}>
      {i18n.t('crm.toPage')}
    </a>
  )
}
