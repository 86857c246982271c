import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import type { Returned } from '../../shared/metrics/returned.ts'
import { isAnswered } from '../../shared/metrics/tally.ts'
import type { NamedCall } from '../lib/caller/caller-name.ts'
import type { CallRow } from '../lib/store/schema.ts'
import { formatClock, formatRecent } from '../lib/wording/format.ts'
import { language, nameCounterpart, nameNumber } from '../lib/wording/labels.ts'
import { nameShown, showNumber } from '../lib/wording/masking.ts'
import { CallOutButton, CallOutStatus } from '../ui/actions/CallOut.tsx'
import { useCallOut } from '../ui/actions/use-call-out.ts'
import { CallerName } from '../ui/CallerName.tsx'
import { CallDetail } from '../ui/call/CallDetail.tsx'
import { CallTools } from '../ui/call/CallTools.tsx'
import { DoneIcon, IncomingIcon, OutgoingIcon } from '../ui/icons.tsx'
import { State } from '../ui/State.tsx'
import type { OpenPerson, PopupModel } from './model.ts'

export interface CallDetailsProps {
  readonly model: Pick<PopupModel, 'isLost'>
  readonly row: NamedCall
  readonly person: OpenPerson
  /** How it was returned, if it was missed and was. */
  readonly returned: Returned | undefined
  /** The time that the line says; as long as there is one, that of the talk. */
  readonly shownTime?: TimeName | undefined
}

type TimeName = 'ring' | 'talk' | 'hold'

/** One finished call: a line; opened, the call taken apart, with what there is to do with it. */
export function CallDetails({ model, row, person, returned, shownTime = 'talk' }: CallDetailsProps) {
  const [isOpen, setOpen] = useState(false)
  const number = showNumber(row.phoneNumber)
  const name = nameShown(row.name, row.phoneNumber)
  const calling = useCallOut(row.phoneNumber ?? '')
  return (
    <div class="call-row" data-row>
      <details class="call" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <Line row={row} returned={returned} shownTime={shownTime} />
        {isOpen && (
          <div class="evidence">
            <p class="quiet">
              {[i18n.t(`direction.${row.direction}`), row.queueName, name && nameNumber(number)]
                .filter(Boolean)
                .join(' · ')}
            </p>
            <CallTools row={row} store={person.store} isLost={model.isLost.value} />
            <CallDetail row={row} store={person.store} extensionId={person.user.extensionId} />
          </div>
        )}
      </details>
      {number !== undefined && !isOpen && (
        <>
          <CallOutButton calling={calling} who={nameCounterpart(name, number)} isBack isDisabled={model.isLost.value} />
          <CallOutStatus calling={calling} />
        </>
      )}
    </div>
  )
}

interface LineProps extends Pick<CallDetailsProps, 'row' | 'returned'> {
  readonly shownTime: TimeName
}

function Line({ row, returned, shownTime }: LineProps) {
  const hasAnswer = row.outcome !== undefined && isAnswered({ outcome: row.outcome, talkMs: row.talkMs })
  const isAnswer = hasAnswer && row.outcome === 'answered'
  return (
    <summary>
      <span class="direction" title={i18n.t(`direction.${row.direction}`)}>
        {row.direction === 'Inbound' ? <IncomingIcon /> : <OutgoingIcon />}
        <span class="unseen">{i18n.t(`direction.${row.direction}`)} </span>
      </span>
      <span class="who">
        <CallerName call={row} />
      </span>
      <span class="came-out">
        {/* That a call was answered is said by its time. */}
        <span class={isAnswer || returned ? 'unseen' : undefined}>
          <State call={row} {...(isAnswer ? { word: i18n.t('callList.answered') } : {})} />
        </span>
        {returned && <ReturnedLine returned={returned} />}
      </span>
      <Times row={row} shown={shownTime} />
      <span class="when">{formatRecent(row.startedMs, Date.now(), language())}</span>
    </summary>
  )
}

/** How it was returned, and when. */
function ReturnedLine({ returned: { how, startedMs } }: { readonly returned: Returned }) {
  return (
    <span class="returned">
      <DoneIcon />
      {i18n.t(`returned.${how}`, [formatRecent(startedMs, Date.now(), language())])}
    </span>
  )
}

const TIMES = ['ring', 'talk', 'hold'] as const satisfies readonly TimeName[]

/** The times that there were; one of them is seen. */
function Times({ row, shown }: { readonly row: CallRow; readonly shown: TimeName }) {
  const names = TIMES.filter((name) => row[`${name}Ms`] > 0)
  return (
    <span class="times" title={names.map((name) => `${i18n.t(`figure.${name}`)} ${timeOf(row, name)}`).join(' · ')}>
      {names.map((name) => (
        <span key={name} data-figure={name} class={name === shown ? undefined : 'unseen'}>
          <span class="unseen">{i18n.t(`figure.${name}`)} </span>
          {timeOf(row, name)}
        </span>
      ))}
    </span>
  )
}

function timeOf(row: CallRow, name: TimeName): string {
  return `${row.isEstimate ? '≈ ' : ''}${formatClock(row[`${name}Ms`])}`
}
