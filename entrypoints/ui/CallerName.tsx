import { i18n } from '#i18n'
import type { NamedCall } from '../lib/caller/caller-name.ts'
import { nameCounterpart, nameNumber } from '../lib/wording/labels.ts'
import { nameShown, showNumber } from '../lib/wording/masking.ts'

export interface CallerNameProps {
  readonly call: NamedCall
  /** Whether the number stands beside the name. */
  readonly hasNumber?: boolean
}

/**
 * Whom a call is with: the name, lightly marked where it is from another call, else the number. A name may be cut off where there is no
 * room for it, a number never: with its end missing it is another one. Needs controls.css.
 */
export function CallerName({ call, hasNumber = false }: CallerNameProps) {
  const number = showNumber(call.phoneNumber)
  const name = nameShown(call.name, call.phoneNumber)
  const isFromOtherCall = call.nameSource === 'otherCall'
  return (
    <>
      <bdi
        class={name === undefined ? 'whole' : isFromOtherCall ? 'from-other-call' : undefined}
        title={isFromOtherCall ? i18n.t('name.otherCallMeaning') : undefined}
      >
        {nameCounterpart(name, number)}
      </bdi>
      {isFromOtherCall && <span class="unseen"> ({i18n.t('name.otherCall')})</span>}
      {hasNumber && name !== undefined && <bdi class="quiet number whole">{nameNumber(number)}</bdi>}
    </>
  )
}
