import { i18n } from '#i18n'
import type { CardCall } from '../lib/contract/card-call.ts'
import type { CardMessage } from '../lib/contract/ports.ts'
import { Actions } from './Actions.tsx'
import { Figures } from './Figures.tsx'
import { Known } from './Known.tsx'
import { Match } from './Match.tsx'
import { Note } from './Note.tsx'
import { Remarks } from './Remarks.tsx'
import { RuleAlerts } from './RuleAlerts.tsx'
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

/** One call, whole. Escape inside it folds it. */
export function Card(props: CardProps) {
  const { call, isLost, receivedMs, send, onLeave } = props
  const { telephonySessionId } = call
  const card = useKeys<HTMLElement>((event) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    send({ type: 'fold', telephonySessionId, isFolded: true })
    onLeave()
  })
  return (
    <article
      ref={card}
      class="card"
      data-call={telephonySessionId}
      data-phase={call.phase}
      aria-label={nameOther(call)}
    >
      <TopLine {...props} via={call.queueName ?? i18n.t(`direction.${call.direction}`)} isWhole />
      <RuleAlerts call={call} />
      <Whispers call={call} />
      <Who call={call} />
      <Remarks call={call} />
      <Match call={call} send={send} />
      <Known call={call} />
      <Figures call={call} isLost={isLost} receivedMs={receivedMs} />
      <Note call={call} isLost={isLost} receivedMs={receivedMs} send={send} />
      <Actions call={call} send={send} />
    </article>
  )
}
