import { i18n } from '#i18n'
import type { CardCall } from '../lib/contract/card-call.ts'
import { State } from '../ui/State.tsx'
import type { Send } from './Card.tsx'
import { Clock } from './Clock.tsx'
import { selectClockMs } from './figures.ts'
import { IconButton } from './IconButton.tsx'
import { CloseIcon, FoldIcon, OpenIcon } from './icons.tsx'

export interface TopLineProps {
  readonly call: CardCall
  /** How the call came; on a line of its own, whom it is with. */
  readonly via: string
  readonly isWhole: boolean
  readonly isLost: boolean
  /** When the snapshot came, by `performance.now()`. */
  readonly receivedMs: number
  readonly send: Send
}

/** State, live time, how the call came. The cards are dragged by it. */
export function TopLine({ call, via, isWhole, isLost, receivedMs, send }: TopLineProps) {
  const { telephonySessionId } = call
  const clockMs = selectClockMs(call, isLost, isWhole)
  return (
    <header data-grip>
      <State call={call} />
      {clockMs !== undefined && (
        <span class="time">
          <Clock ms={clockMs} atMs={receivedMs} />
        </span>
      )}
      <span class="via" title={via} dir="auto">
        {via}
      </span>
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
