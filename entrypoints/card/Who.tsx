import { i18n } from '#i18n'
import type { CardCall } from '../lib/contract/card-call.ts'
import { nameNumber } from '../lib/wording/labels.ts'
import { nameOther } from './who.ts'

/** The other side: the name large and the number below it, or the number large when there is no name; and where it is from. */
export function Who({ call }: { readonly call: CardCall }) {
  const number = call.name === undefined ? undefined : nameNumber(call.number)
  const { region } = call
  const isFromOtherCall = call.nameSource === 'otherCall'
  return (
    <div class="who">
      {/* Names are written in any script, on a card of any direction. */}
      <p class="name" dir="auto" data-source={call.nameSource}>
        {nameOther(call)}
      </p>
      {(number !== undefined || region !== undefined || isFromOtherCall) && (
        <p class="origin">
          {number !== undefined && <bdi class="number">{number}</bdi>}
          {region !== undefined && <span class="region">{region}</span>}
          {isFromOtherCall && <span class="region">{i18n.t('name.otherCall')}</span>}
        </p>
      )}
    </div>
  )
}
