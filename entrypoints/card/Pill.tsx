import { i18n } from '#i18n'
import type { CardCall } from '../lib/contract/card-call.ts'
import { State } from '../ui/State.tsx'
import type { Send } from './Card.tsx'
import { Clock } from './Clock.tsx'
import { selectClockMs } from './figures.ts'
import { trusted } from './trusted.ts'
import { nameOther } from './who.ts'

export interface PillProps {
  /** The folded calls. */
  readonly calls: readonly CardCall[]
  readonly isLost: boolean
  /** When the snapshot came, by `performance.now()`. */
  readonly receivedMs: number
  readonly send: Send
}

/** The folded calls, each with its state and time; a click opens one again. The cards are dragged by it, too. */
export function Pill({ calls, isLost, receivedMs, send }: PillProps) {
  if (calls.length === 0) return null
  return (
    <div class="pill" data-grip>
      {calls.map((call) => (
        <FoldedCall key={call.telephonySessionId} call={call} isLost={isLost} receivedMs={receivedMs} send={send} />
      ))}
    </div>
  )
}

interface FoldedCallProps extends Omit<PillProps, 'calls'> {
  readonly call: CardCall
}

function FoldedCall({ call, isLost, receivedMs, send }: FoldedCallProps) {
  const { telephonySessionId } = call
  const clockMs = selectClockMs(call, isLost)
  const label = i18n.t('card.openWith', [nameOther(call)])
  return (
    <button
      type="button"
      class="folded"
      data-call={telephonySessionId}
      title={label}
      onClick={trusted(() => send({ type: 'fold', telephonySessionId, isFolded: false }))}
    >
      <State call={call} />
      {clockMs !== undefined && (
        <span class="time">
          <Clock ms={clockMs} atMs={receivedMs} />
        </span>
      )}
      <span class="unseen">{label}</span>
    </button>
  )
}
