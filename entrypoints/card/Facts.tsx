import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { language } from '../lib/wording/labels.ts'
import type { CardPartProps } from './Card.tsx'
import { describeCalls } from './describe-earlier.ts'
import { Figures } from './Figures.tsx'
import { hasRoomForStatus, isTooMuch } from './fit.ts'
import { Known } from './Known.tsx'
import { Match } from './Match.tsx'
import { Remarks } from './Remarks.tsx'
import { Whispers } from './Whispers.tsx'
import { Who } from './Who.tsx'

/** Where the facts are folded into the line below the name, on which they are opened; `undefined`: there is room for all of them. */
export interface FoldedFacts {
  readonly isOpen: boolean
  readonly toggle: () => void
}

/** Folds the facts of a call where there are more than its card has room for, until the person wants to see them. */
export function useFoldedFacts({ call }: Pick<CardPartProps, 'call'>): FoldedFacts | undefined {
  const [isOpen, setOpen] = useState(false)
  return call.phase !== 'ended' && isTooMuch(call) ? { isOpen, toggle: () => setOpen(!isOpen) } : undefined
}

/** What is known of a call that goes on. */
export function Facts({ fold, ...props }: CardPartProps & { readonly fold: FoldedFacts | undefined }) {
  const { call, send } = props
  const isFolded = fold?.isOpen === false
  return (
    <>
      <Whispers call={call} />
      <Who call={call} send={send} facts={isFolded ? listBrief(props) : []}>
        {fold && (
          <button type="button" class="link more" aria-expanded={fold.isOpen} onClick={fold.toggle}>
            {i18n.t(fold.isOpen ? 'card.less' : 'card.more')}
          </button>
        )}
      </Who>
      {!isFolded && <Known call={call} />}
      {!isFolded && <Match call={call} send={send} />}
      {(!isFolded || hasRoomForStatus(call)) && (
        <div class="status">
          <Figures {...props} />
          <Remarks call={call} isBrief={isFolded} />
        </div>
      )}
    </>
  )
}

/** What is on the page and how often they called: what is read of it in a glance. */
function listBrief({ call: { match, known } }: CardPartProps): readonly string[] {
  const calls = known === undefined ? undefined : describeCalls(known, Date.now(), language())
  return [...(match?.isThisPage ? [i18n.t('match.here')] : []), ...(calls === undefined ? [] : [calls])]
}
