import type { ComponentChildren } from 'preact'
import { i18n } from '#i18n'
import type { NamedCall } from '../../lib/caller/caller-name.ts'
import { nameCounterpart, nameNumber } from '../../lib/wording/labels.ts'
import { nameShown, showNumber } from '../../lib/wording/masking.ts'
import { CallerName } from '../../ui/CallerName.tsx'
import { Pane } from '../../ui/Pane.tsx'
import { State } from '../../ui/State.tsx'
import { formatWhen } from './format-when.ts'
import { nameOutcome } from './name-outcome.ts'

export interface DetailPaneProps {
  readonly row: NamedCall
  readonly onClose: () => void
  /** The call taken apart. */
  readonly children: ComponentChildren
}

/** One call beside the list, which can still be used. Escape closes it. */
export function DetailPane({ row, onClose, children }: DetailPaneProps) {
  const number = showNumber(row.phoneNumber)
  const name = nameShown(row.name, row.phoneNumber)
  return (
    <Pane
      label={i18n.t('callList.detailOf', [nameCounterpart(name, number)])}
      title={<CallerName call={row} />}
      about={row.telephonySessionId}
      onClose={onClose}
    >
      <p class="quiet">
        {[i18n.t(`direction.${row.direction}`), row.queueName, name && nameNumber(number), formatWhen(row.startedMs)]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <State call={row} word={nameOutcome(row)} />
      {children}
    </Pane>
  )
}
