import type { ComponentChildren } from 'preact'
import { i18n } from '#i18n'
import type { CardCall } from '../lib/contract/card-call.ts'
import { State } from '../ui/State.tsx'
import type { Send } from './Card.tsx'
import { Clock } from './Clock.tsx'
import { Estimate } from './Figures.tsx'
import { selectClockMs } from './figures.ts'
import { IconButton } from './IconButton.tsx'
import { CloseIcon, FoldIcon, OpenIcon } from './icons.tsx'

export interface TopLineProps {
  readonly call: CardCall
  /** What stands between the time and the buttons. */
  readonly children: ComponentChildren
  readonly isWhole: boolean
  readonly isLost: boolean
  /** When the snapshot came, by `performance.now()`. */
  readonly receivedMs: number
  readonly send: Send
}

/** State and live time. The cards are dragged by it. */
export function TopLine({ call, children, isWhole, isLost, receivedMs, send }: TopLineProps) {
  const { telephonySessionId } = call
  const clockMs = selectClockMs(call, isLost)
  return (
    <header data-grip>
      <State call={call} />
      {clockMs !== undefined && (
        <span class="time">
          {call.isEstimate && call.phase === 'talking' && <Estimate />}
          <Clock ms={clockMs} atMs={receivedMs} />
        </span>
      )}
      {children}
      {isWhole ? (
        <IconButton
          class="fold"
          label={i18n.t('card.fold')}
          onAct={() => send({ type: 'fold', telephonySessionId, isFolded: true })}
        >
          <FoldIcon />
        </IconButton>
      ) : (
        <IconButton
          class="open"
          label={i18n.t('card.open')}
          onAct={() => send({ type: 'fold', telephonySessionId, isFolded: false })}
        >
          <OpenIcon />
        </IconButton>
      )}
      <IconButton class="hide" label={i18n.t('card.hide')} onAct={() => send({ type: 'dismiss', telephonySessionId })}>
        <CloseIcon />
      </IconButton>
    </header>
  )
}
