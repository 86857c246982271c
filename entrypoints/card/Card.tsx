import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import type { CardCall } from '../lib/contract/card-call.ts'
import type { CardMessage } from '../lib/contract/ports.ts'
import { Actions } from './Actions.tsx'
import { CallBack } from './CallBack.tsx'
import { CrmChoice } from './CrmChoice.tsx'
import { WayToCrm } from './CrmState.tsx'
import { Figures } from './Figures.tsx'
import { Known } from './Known.tsx'
import { Match } from './Match.tsx'
import { hasNote, Note } from './Note.tsx'
import { Remarks } from './Remarks.tsx'
import { RuleAlerts } from './RuleAlerts.tsx'
import { isNamedOnTop, Summary } from './Summary.tsx'
import { TopLine } from './TopLine.tsx'
import { useKeys } from './use-keys.ts'
import { Whispers } from './Whispers.tsx'
import { Who } from './Who.tsx'
import { nameOther } from './who.ts'

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
  const way = <WayToCrm call={call} send={send} isOpen={isCrmOpen} onToggle={() => setCrmOpen(!isCrmOpen)} />
  return (
    <article
      ref={card}
      class={isOver ? 'card over' : 'card'}
      data-call={telephonySessionId}
      data-phase={call.phase}
      aria-label={nameOther(call)}
    >
      <TopLine {...props} isWhole>
        {isNamedOnTop(call) ? <NameOnTop call={call}>{way}</NameOnTop> : <Via call={call} />}
      </TopLine>
      <RuleAlerts call={call} />
      {isOver ? <Summary {...props}>{!isNamedOnTop(call) && way}</Summary> : <Facts {...props} />}
      {isOver && isCrmOpen && <CrmChoice call={call} send={send} />}
      {/* The same one before and after the end: somebody may be typing in it. */}
      {hasNote(call) && <Note {...props} />}
      {isOver ? <CallBack call={call} send={send} /> : <Actions call={call} send={send} />}
    </article>
  )
}

/** What is known of a call that goes on. */
function Facts({ call, isLost, receivedMs, send }: CardPartProps) {
  return (
    <>
      <Whispers call={call} />
      <Who call={call} send={send} />
      <Known call={call} />
      <Match call={call} send={send} />
      <div class="status">
        <Figures call={call} isLost={isLost} receivedMs={receivedMs} />
        <Remarks call={call} />
      </div>
    </>
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
      <span class="via name" title={nameOther(call)} dir="auto">
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
