import { i18n } from '#i18n'
import type { CrmState } from '../../shared/protocol/http/crm.ts'
import { explainRecord } from '../ui/crm/record-words.ts'
import { ActButton } from './ActButton.tsx'
import { AlertIcon, DoneIcon, DotsIcon, FoldIcon, QuestionIcon } from './icons.tsx'
import { Match, type MatchProps } from './Match.tsx'

export interface WayToCrmProps extends Omit<MatchProps, 'isBrief'> {
  /** Whether what there is to decide is shown below. */
  readonly isOpen: boolean
  readonly onToggle: () => void
}

/**
 * Of a call that is over: how its record in the CRM stands, as a shape beside the CRM's name, else the way to the other side's page. There
 * is room for no more: all of it is in the tooltip, and below when asked for.
 */
export function WayToCrm({ isOpen, onToggle, ...props }: WayToCrmProps) {
  const { call, send } = props
  const { telephonySessionId, crm } = call
  const record = crm?.record
  if (crm === undefined || record === undefined) return <Match {...props} isBrief />
  const { state, recordUrl } = record
  const { crmName } = crm
  const { word, icon: Icon } = BRIEF[state]
  const label = i18n.t(`crm.brief.${word}`, [crmName])
  const title = state === 'logged' ? i18n.t('crm.openRecord', [crmName]) : explainRecord(record, crmName)
  const text = (
    <>
      <Icon />
      <span class="text">{crmName}</span>
    </>
  )
  return (
    <div class="match crm-state" data-state={state}>
      {word === 'waiting' || (state === 'logged' && recordUrl === undefined) ? (
        <span class="link still" role="img" aria-label={label} title={title}>
          {text}
        </span>
      ) : recordUrl !== undefined && state === 'logged' ? (
        <ActButton
          class="link"
          label={label}
          title={title}
          onAct={() => send({ type: 'openCrm', telephonySessionId, url: recordUrl })}
        >
          {text}
        </ActButton>
      ) : (
        <button type="button" class="link" aria-label={label} title={title} aria-expanded={isOpen} onClick={onToggle}>
          {text}
        </button>
      )}
    </div>
  )
}

const WAITING = { word: 'waiting', icon: DotsIcon } as const
const NOT_LOGGED = { word: 'notLogged', icon: AlertIcon } as const

const BRIEF = {
  waiting: WAITING,
  ready: WAITING,
  sent: WAITING,
  logged: { word: 'logged', icon: DoneIcon },
  noMatch: NOT_LOGGED,
  ambiguous: { word: 'ambiguous', icon: QuestionIcon },
  refused: NOT_LOGGED,
  givenUp: NOT_LOGGED,
  leftOut: { word: 'leftOut', icon: FoldIcon },
} as const satisfies Readonly<Record<CrmState, unknown>>
