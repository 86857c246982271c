import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { i18n } from '#i18n'
import type { NamedCall } from '../../lib/caller/caller-name.ts'
import { nameCounterpart, nameNumber } from '../../lib/wording/labels.ts'
import { nameShown, showNumber } from '../../lib/wording/masking.ts'
import { CallerName } from '../../ui/CallerName.tsx'
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
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [row.telephonySessionId])
  const number = showNumber(row.phoneNumber)
  const name = nameCounterpart(nameShown(row.name, row.phoneNumber), number)
  return (
    <aside
      class="detail-pane"
      aria-label={i18n.t('callList.detailOf', [name])}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <header>
        <h3 ref={heading} tabIndex={-1}>
          <CallerName call={row} />
        </h3>
        <button type="button" onClick={onClose}>
          {i18n.t('callList.close')}
        </button>
      </header>
      <p class="quiet">
        {[i18n.t(`direction.${row.direction}`), row.queueName, nameNumber(number), formatWhen(row.startedMs)]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <State call={row} word={nameOutcome(row)} />
      {children}
    </aside>
  )
}
