import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import type { Returned } from '../../shared/metrics/returned.ts'
import type { NamedCall } from '../lib/caller/caller-name.ts'
import type { CallRow } from '../lib/store/schema.ts'
import { formatClock, formatMoment } from '../lib/wording/format.ts'
import { language, nameNumber } from '../lib/wording/labels.ts'
import { showNumber } from '../lib/wording/masking.ts'
import { CallerName } from '../ui/CallerName.tsx'
import { CallDetail } from '../ui/call/CallDetail.tsx'
import { State } from '../ui/State.tsx'
import type { OpenPerson } from './model.ts'

export interface CallDetailsProps {
  readonly row: NamedCall
  readonly person: OpenPerson
  /** How it was returned, if it was missed and was. */
  readonly returned: Returned | undefined
}

/** One finished call: a line with its times; opened, the call taken apart. */
export function CallDetails({ row, person, returned }: CallDetailsProps) {
  const [isOpen, setOpen] = useState(false)
  const number = showNumber(row.phoneNumber)
  return (
    <details class="call" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class="who">
          <CallerName call={row} />
        </span>
        <span class="when">{formatMoment(row.startedMs, Date.now(), language())}</span>
        <span class="came-out">
          <State call={row} />
          {returned && <span class="quiet">{nameReturned(returned)}</span>}
        </span>
        <span class="times">
          <Time name="ring" row={row} />
          <Time name="talk" row={row} />
          <Time name="hold" row={row} />
        </span>
      </summary>
      {isOpen && (
        <div class="evidence">
          <p class="quiet">
            {[i18n.t(`direction.${row.direction}`), row.queueName, nameNumber(number)].filter(Boolean).join(' · ')}
          </p>
          <CallDetail row={row} store={person.store} extensionId={person.user.extensionId} />
        </div>
      )}
    </details>
  )
}

function nameReturned({ how, startedMs }: Returned): string {
  return i18n.t(`returned.${how}`, [formatMoment(startedMs, Date.now(), language())])
}

function Time({ name, row }: { readonly name: 'ring' | 'talk' | 'hold'; readonly row: CallRow }) {
  return (
    <span title={row.isEstimate ? i18n.t('estimate.title') : i18n.t(`figure.${name}`)}>
      <span class="unseen">{i18n.t(`figure.${name}`)} </span>
      {row.isEstimate && '≈ '}
      {formatClock(row[`${name}Ms`])}
    </span>
  )
}
