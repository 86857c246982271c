import { i18n } from '#i18n'
import type { CardCall } from '../lib/contract/card-call.ts'
import type { CardRecord, CrmChoice as Choice } from '../lib/contract/crm.ts'
import { describeContact } from '../ui/crm/contact-line.ts'
import { isInGroup } from '../ui/crm/record-groups.ts'
import { explainRecord } from '../ui/crm/record-words.ts'
import { ActButton } from './ActButton.tsx'
import type { Send } from './Card.tsx'
import { NewContact } from './NewContact.tsx'

export interface CrmChoiceProps {
  readonly call: CardCall
  readonly send: Send
}

/** Why a call is not in the CRM, and what a person may do about it. */
export function CrmChoice({ call, send }: CrmChoiceProps) {
  const { telephonySessionId, crm } = call
  if (crm?.record === undefined) return null
  const { record, crmName, newContactUrl } = crm
  const { state, problem } = record
  const choose = (choice: Choice) => send({ type: 'chooseCrm', telephonySessionId, choice })
  // While it is written, and once it is there, nothing is to be decided.
  if (isInGroup(state, 'underWay') || state === 'logged') return null
  const isOpen = state !== 'leftOut'
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form.
    <div class="crm-choice" role="group" aria-label={i18n.t('crm.pageTitle')}>
      <p>{explainRecord(record, crmName)}</p>
      {state === 'ambiguous' && <Candidates record={record} onChoose={(contactId) => choose({ contactId })} />}
      {isOpen && (
        <div class="ways">
          {state === 'noMatch' && newContactUrl !== undefined && (
            <NewContact call={call} crmName={crmName} url={newContactUrl} send={send} />
          )}
          {state !== 'ambiguous' && (
            <ActButton
              class="button"
              label={i18n.t(state === 'noMatch' ? 'crm.lookAgain' : 'crm.retry')}
              isPending={record.isPending}
              onAct={() => choose({ retry: true })}
            />
          )}
          <ActButton
            class="button"
            label={i18n.t('crm.skip')}
            isPending={record.isPending}
            onAct={() => choose({ skip: true })}
          />
        </div>
      )}
      {problem !== undefined && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}

interface CandidatesProps {
  readonly record: CardRecord
  readonly onChoose: (contactId: string) => void
}

function Candidates({ record: { candidates = [], isPending }, onChoose }: CandidatesProps) {
  return (
    <ul>
      {candidates.map((contact) => (
        <li key={`${contact.kind}/${contact.id}`}>
          <bdi class="title" title={describeContact(contact)}>
            {describeContact(contact)}
          </bdi>
          <ActButton
            class="button"
            label={i18n.t('crm.chooseOf', [describeContact(contact)])}
            isPending={isPending}
            onAct={() => onChoose(contact.id)}
          >
            {i18n.t('crm.choose')}
          </ActButton>
        </li>
      ))}
    </ul>
  )
}
