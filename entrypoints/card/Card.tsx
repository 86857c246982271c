import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import type { CardCall } from '../lib/contract/card-call.ts'
import type { CardMessage } from '../lib/contract/ports.ts'
import { Actions } from './Actions.tsx'
import { CallBack } from './CallBack.tsx'
import { CrmChoice } from './CrmChoice.tsx'
import { WayToCrm } from './CrmState.tsx'
import { Facts, useFoldedFacts } from './Facts.tsx'
import { hasNote, Note } from './Note.tsx'
import { RuleAlerts } from './RuleAlerts.tsx'
import { isNamedOnTop, Summary } from './Summary.tsx'
import { TopLine } from './TopLine.tsx'
import { useKeys } from './use-keys.ts'
import { classOfOther, nameOther } from './who.ts'

/** Sends a request to the worker. */
export type Send = (message: CardMessage) => void

export interface CardPartProps {
  readonly call: CardCall
  /** Whether the stream is down, so that no duration is known to be current. */
  readonly isLost: boolean
  /** When the snapshot came, by `performance.now()`. */
  readonly receivedMs: number
  readonly send: Send
}

export interface CardProps extends CardPartProps {
  /** Returns the keyboard focus to where it was in the page. */
  readonly onLeave: () => void
}

/** One call, whole: as large as it has to be while it goes on, and small once it is over. Escape inside it folds it. */
export function Card({ onLeave, ...props }: CardProps) {
  const { call, send } = props
  const { telephonySessionId } = call
  const card = useKeys<HTMLElement>((event) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    send({ type: 'fold', telephonySessionId, isFolded: true })
    onLeave()
  })
  const isOver = call.phase === 'ended'
  const [isCrmOpen, setCrmOpen] = useState(false)
  const fold = useFoldedFacts(props)
  const way = <WayToCrm call={call} send={send} isOpen={isCrmOpen} onToggle={() => setCrmOpen(!isCrmOpen)} />
  return (
    <article
      ref={card}
      class={`card ${isOver ? 'over' : ''} ${fold?.isOpen === false ? 'tight' : ''}`}
      data-call={telephonySessionId}
      data-phase={call.phase}
      aria-label={nameOther(call)}
    >
      <TopLine {...props} isWhole>
        {isNamedOnTop(call) ? <NameOnTop call={call}>{way}</NameOnTop> : <Via call={call} />}
      </TopLine>
      <RuleAlerts call={call} />
      {isOver ? <Summary {...props}>{!isNamedOnTop(call) && way}</Summary> : <Facts {...props} fold={fold} />}
      {isOver && isCrmOpen && <CrmChoice call={call} send={send} />}
      {/* The same one before and after the end: somebody may be typing in it. */}
      {hasNote(call) && <Note {...props} />}
      {isOver ? <CallBack call={call} send={send} /> : <Actions call={call} send={send} />}
    </article>
  )
}

interface NameOnTopProps {
  readonly call: CardCall
  /** The way to the other side's page, or to the record. */
  readonly children: ComponentChildren
}

function NameOnTop({ call, children }: NameOnTopProps) {
  return (
    <>
      <span class={classOfOther(call, 'via name')} title={nameOther(call)} dir="auto">
        {nameOther(call)}
      </span>
      {children}
    </>
  )
}

/** How the call came. */
function Via({ call: { queueName, direction } }: { readonly call: CardCall }) {
  const via = queueName ?? i18n.t(`direction.${direction}`)
  return (
    <span class="via" title={via} dir="auto">
      {via}
    </span>
  )
}
