import type { ComponentChildren } from 'preact'
import type { CardCall } from '../lib/contract/card-call.ts'
import { nameNumber } from '../lib/wording/labels.ts'
import type { CardPartProps } from './Card.tsx'
import { Figures } from './Figures.tsx'
import { Remarks } from './Remarks.tsx'
import { classOfOther, nameOther } from './who.ts'

/** Whether the top line of a call that is over has room for the name: of one that was talked on, whose state is a short word. */
export function isNamedOnTop({ phase, talkMs }: CardCall): boolean {
  return phase === 'ended' && talkMs > 0
}

export interface SummaryProps extends Omit<CardPartProps, 'send'> {
  /** The way to the other side's page or to the record, where the top line has no room for that. */
  readonly children: ComponentChildren
}

/** A call that is over on one line: its figures, and whom it was with where the top line has no room for that. */
export function Summary({ call, isLost, receivedMs, children }: SummaryProps) {
  const number = call.name === undefined ? undefined : nameNumber(call.number)
  const isNamed = isNamedOnTop(call)
  return (
    <div class="summary">
      {!isNamed && (
        <p class="who-line" title={number === undefined ? nameOther(call) : `${nameOther(call)}, ${number}`}>
          <bdi class={classOfOther(call, 'name')}>{nameOther(call)}</bdi>
          {number !== undefined && <bdi class="number if-room">{number}</bdi>}
        </p>
      )}
      <Figures call={call} isLost={isLost} receivedMs={receivedMs} />
      <Remarks call={call} />
      {children}
    </div>
  )
}
