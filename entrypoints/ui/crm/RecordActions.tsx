import { i18n } from '#i18n'
import type { CrmContactJson, CrmRecordJson } from '../../../shared/protocol/http/crm.ts'
import type { CrmChoice } from '../../lib/contract/crm.ts'
import { describeContact } from './contact-line.ts'

export interface RecordActionsProps {
  readonly record: CrmRecordJson
  readonly crmName: string
  /** Whether a choice was sent and is not answered yet. */
  readonly isPending: boolean
  /** Why the last one could not be carried out. */
  readonly problem: string | undefined
  readonly onChoose: (choice: CrmChoice) => void
  /** Opens the CRM's form for a new contact. */
  readonly onNewContact: (number: string) => void
}

/** What a person may do about the record of one call; each is one click. */
export function RecordActions({ record, crmName, isPending, problem, onChoose, onNewContact }: RecordActionsProps) {
  const { state, number, recordUrl, candidates = [] } = record
  const isOpen = OPEN.has(state)
  return (
    <div class="record-actions">
      {state === 'ambiguous' && (
        <ul class="candidates">
          {candidates.map((contact) => (
            <Candidate
              key={`${contact.kind}/${contact.id}`}
              {...{ contact, crmName, isPending }}
              onChoose={() => onChoose({ contactId: contact.id })}
            />
          ))}
        </ul>
      )}
      <div class="ways">
        {state === 'logged' && recordUrl !== undefined && (
          <Way url={recordUrl}>{i18n.t('crm.openRecord', [crmName])}</Way>
        )}
        {state === 'noMatch' && number !== undefined && (
          <button type="button" title={i18n.t('crm.newContactLong', [crmName])} onClick={() => onNewContact(number)}>
            {i18n.t('crm.newContact', [crmName])}
          </button>
        )}
        {isOpen && state !== 'ambiguous' && (
          <button type="button" aria-disabled={isPending} onClick={() => !isPending && onChoose({ retry: true })}>
            {i18n.t(state === 'noMatch' ? 'crm.lookAgain' : 'crm.retry')}
          </button>
        )}
        {state === 'leftOut' && (
          <button type="button" aria-disabled={isPending} onClick={() => !isPending && onChoose({ retry: true })}>
            {i18n.t('crm.logAfterAll')}
          </button>
        )}
        {isOpen && (
          <button type="button" aria-disabled={isPending} onClick={() => !isPending && onChoose({ skip: true })}>
            {i18n.t('crm.skip')}
          </button>
        )}
        <span role="status" class={problem === undefined ? 'quiet' : 'problem'}>
          {isPending ? i18n.t('crm.choosing') : problem}
        </span>
      </div>
    </div>
  )
}

/** Those that wait for a person. */
const OPEN: ReadonlySet<CrmRecordJson['state']> = new Set(['noMatch', 'ambiguous', 'refused', 'givenUp'])

interface CandidateProps {
  readonly contact: CrmContactJson
  readonly crmName: string
  readonly isPending: boolean
  readonly onChoose: () => void
}

function Candidate({ contact, crmName, isPending, onChoose }: CandidateProps) {
  const name = describeContact(contact)
  return (
    <li>
      <bdi>{name}</bdi>
      {contact.url !== undefined && <Way url={contact.url}>{i18n.t('crm.openRecord', [crmName])}</Way>}
      <button
        type="button"
        aria-label={i18n.t('crm.chooseOf', [name])}
        aria-disabled={isPending}
        onClick={() => !isPending && onChoose()}
      >
        {i18n.t('crm.choose')}
      </button>
    </li>
  )
}

/** A page of the CRM; of any other kind of address nothing is made. */
export function Way({ url, children }: { readonly url: string; readonly children: string }) {
  if (!/^https?:\/\//i.test(url)) return null
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {children}
    </a>
  )
}
