import { i18n } from '#i18n'
import type { CrmRecordJson } from '../../shared/protocol/http/crm.ts'
import { formatTime } from '../lib/wording/format.ts'
import { dateFormat } from '../lib/wording/formatters.ts'
import { language, nameNumber } from '../lib/wording/labels.ts'
import { showNumber } from '../lib/wording/masking.ts'
import { CrmState } from '../ui/crm/CrmState.tsx'
import { describeContact } from '../ui/crm/contact-line.ts'
import { RecordActions, Way } from '../ui/crm/RecordActions.tsx'
import { explainRecord } from '../ui/crm/record-words.ts'
import type { RecordChoice } from '../ui/crm/use-record-choice.ts'

export interface RecordItemProps {
  readonly record: CrmRecordJson
  readonly crmName: string
  readonly choice: RecordChoice
  /** Whether it is said who talked longest. */
  readonly isOwnerShown: boolean
}

/** One call: when and with whom, how its record stands and why, and what a person may do about it. */
export function RecordItem({ record, crmName, choice, isOwnerShown }: RecordItemProps) {
  const { key, state, at, direction, number, contact, ownerName } = record
  const shownNumber = nameNumber(showNumber(number))
  const atMs = Date.parse(at)
  return (
    <li class="record" data-key={key}>
      <p class="when">
        {dateFormat(language(), { weekday: 'short', day: 'numeric', month: 'short' }).format(atMs)}
        <span>{dateFormat(language(), { timeStyle: 'short' }).format(atMs)}</span>
        <span class="quiet">{i18n.t(`direction.${direction}`)}</span>
      </p>
      <div class="who">
        <p class="name">
          <bdi>{contact === undefined ? shownNumber : describeContact(contact)}</bdi>{' '}
          {contact?.url !== undefined && state !== 'logged' && (
            <Way url={contact.url}>{i18n.t('crm.openRecord', [crmName])}</Way>
          )}
        </p>
        {contact !== undefined && <p class="quiet">{shownNumber}</p>}
        {isOwnerShown && ownerName !== undefined && (
          <p class="quiet">
            {i18n.t('crm.longest')} <bdi>{ownerName}</bdi>
          </p>
        )}
      </div>
      <div class="why">
        <CrmState state={state} />
        {state !== 'logged' && <p>{explainRecord(record, crmName)}</p>}
        <Tries record={record} />
        <RecordActions
          {...{ record, crmName }}
          isPending={choice.pending.has(key)}
          problem={choice.problems.get(key)}
          onChoose={(what) => void choice.choose(key, what)}
          onNewContact={(wanted) => void choice.openForm(key, wanted)}
        />
      </div>
    </li>
  )
}

/** Of a record that could not be written at once, and what is done about it without anybody. */
function Tries({ record: { state, tries, nextTryAt } }: { readonly record: CrmRecordJson }) {
  if (state === 'noMatch' && nextTryAt !== undefined) {
    const at = dateFormat(language(), { weekday: 'short', hour: 'numeric', minute: '2-digit' })
    return <p class="quiet">{i18n.t('crm.nextLook', [at.format(Date.parse(nextTryAt))])}</p>
  }
  if (tries === 0 || !TRIED.has(state)) return null
  return (
    <p class="quiet">
      {i18n.t('crm.tries', tries)}{' '}
      {nextTryAt !== undefined && i18n.t('crm.nextTry', [formatTime(Date.parse(nextTryAt), language())])}
    </p>
  )
}

/** States that another try may end. */
const TRIED: ReadonlySet<CrmRecordJson['state']> = new Set(['ready', 'sent', 'givenUp'])
