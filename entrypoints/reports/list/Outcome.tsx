import { i18n } from '#i18n'
import type { Returned } from '../../../shared/metrics/returned.ts'
import type { CallRow, TakenBy } from '../../lib/store/schema.ts'
import { formatClock } from '../../lib/wording/format.ts'
import { nameShown } from '../../lib/wording/masking.ts'
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
  const more = returned
    ? i18n.t(`returned.${returned.how}`, [formatWhen(returned.startedMs)])
    : row.takenBy && nameTaker(row.takenBy, row)
  return (
    <>
      <State call={row} word={nameOutcome(row)} />
      {more && (
        <span class="quiet" title={more}>
          {more}
        </span>
      )}
    </>
  )
}

function nameTaker({ isMe, name, afterMs }: TakenBy, { phoneNumber }: CallRow): string {
  const after = formatClock(afterMs)
  if (isMe) return i18n.t('callList.takenByMe', [after])
  const shown = nameShown(name, phoneNumber)
  return shown === undefined ? i18n.t('callList.takenAfter', [after]) : i18n.t('callList.takenBy', [shown, after])
}
