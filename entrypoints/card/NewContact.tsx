import { i18n } from '#i18n'
import type { CardCall } from '../lib/contract/card-call.ts'
import { ActButton } from './ActButton.tsx'
import type { Send } from './Card.tsx'
import { OutIcon } from './icons.tsx'

export interface NewContactProps {
  readonly call: Pick<CardCall, 'telephonySessionId'>
  readonly crmName: string
  readonly url: string
  readonly send: Send
}

/** The way to the CRM's own form for a new contact. */
export function NewContact({ call: { telephonySessionId }, crmName, url, send }: NewContactProps) {
  const label = i18n.t('crm.newContact', [crmName])
  return (
    <ActButton
      class="link out"
      label={label}
      title={i18n.t('crm.newContactLong', [crmName])}
      onAct={() => send({ type: 'openCrm', telephonySessionId, url })}
    >
      {label}
      <OutIcon />
    </ActButton>
  )
}
