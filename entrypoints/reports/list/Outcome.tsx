import { i18n } from '#i18n'
import type { Returned } from '../../../shared/metrics/returned.ts'
import type { CallRow, TakenBy } from '../../lib/store/schema.ts'
import { formatClock } from '../../lib/wording/format.ts'
import { nameShown } from '../../lib/wording/masking.ts'
import { Fitted } from '../../ui/Fitted.tsx'
import { State } from '../../ui/State.tsx'
import { formatWhen } from './format-when.ts'
import { nameOutcome } from './name-outcome.ts'

export interface OutcomeProps {
  readonly row: CallRow
  /** How it was returned, if it was missed and was. */
  readonly returned: Returned | undefined
}

/** How a call came out: in a word, and who answered it after how long, or when it was returned. */
export function Outcome({ row, returned }: OutcomeProps) {
  return (
    <>
      <State call={row} word={nameOutcome(row)} />
      {returned ? (
        <span class="quiet">{i18n.t(`returned.${returned.how}`, [formatWhen(returned.startedMs)])}</span>
      ) : (
        row.takenBy && <Taker takenBy={row.takenBy} phoneNumber={row.phoneNumber} />
      )}
    </>
  )
}

interface TakerProps extends Pick<CallRow, 'phoneNumber'> {
  readonly takenBy: TakenBy
}

function Taker({ takenBy: { isMe, name, afterMs }, phoneNumber }: TakerProps) {
  const after = formatClock(afterMs)
  const shown = isMe ? undefined : nameShown(name, phoneNumber)
  if (shown === undefined)
    return <span class="quiet">{i18n.t(isMe ? 'callList.takenByMe' : 'callList.takenAfter', [after])}</span>
  return (
    <span class="quiet">
      <Fitted name={shown} say={(who) => i18n.t('callList.takenBy', [who, after])} />
    </span>
  )
}
