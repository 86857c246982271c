import { i18n } from '#i18n'
import { formatTime } from '../lib/format.ts'
import type { CardSnapshot } from '../lib/ports.ts'
import { language } from '../lib/words.ts'
import { Announcement } from './Announcement.tsx'
import { arrangeCards } from './arrange.ts'
import { Card, type Send } from './Card.tsx'
import { Dial } from './Dial.tsx'
import { Handle, type HandleProps } from './Handle.tsx'
import { LineCard } from './LineCard.tsx'
import { Pill } from './Pill.tsx'
import { useKeys } from './use-keys.ts'

export interface CardsProps extends HandleProps {
  readonly snapshot: CardSnapshot
  /** When the snapshot came, by `performance.now()`: the durations in it have grown by what has passed since. */
  readonly receivedMs: number
  readonly send: Send
  /** Whether a dialog of the page keeps clicks from the card. */
  readonly isOutOfReach: boolean
  /** Which way the reader's language runs. */
  readonly direction: 'ltr' | 'rtl'
  /** Gives the keys back to where they were in the page. */
  readonly onLeave: () => void
}

/** Every call there is to show: the newest whole, older ones a line each, those that the person folded in a pill. */
export function Cards(props: CardsProps) {
  const { snapshot, receivedMs, send, isOutOfReach, direction, onMove, onReset, onLeave } = props
  const { calls, lostSinceMs, isAnnouncing, dial } = snapshot
  const isLost = lostSinceMs !== undefined
  const arranged = arrangeCards(calls)
  const shown = { isLost, receivedMs, send }
  // A whole card has its own use for Escape; from everything else it leads back to the page.
  const cards = useKeys<HTMLElement>((event) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    onLeave()
  })
  return (
    <div class="ringside" dir={direction} lang={language()}>
      <section ref={cards} class="cards" aria-label={i18n.t('card.region')}>
        <Handle onMove={onMove} onReset={onReset} />
        {isOutOfReach && <p class="hint">{i18n.t('card.outOfReach')}</p>}
        {dial && <Dial key={dial.to} offer={dial} send={send} />}
        {arranged.map(({ call, form }) => {
          if (form === 'whole') return <Card key={call.telephonySessionId} call={call} onLeave={onLeave} {...shown} />
          return form === 'line' && <LineCard key={call.telephonySessionId} call={call} {...shown} />
        })}
        {lostSinceMs !== undefined && <p class="lost">{i18n.t('card.lost', [formatTime(lostSinceMs, language())])}</p>}
        <Pill calls={arranged.flatMap(({ call, form }) => (form === 'pill' ? call : []))} {...shown} />
      </section>
      <Announcement calls={calls} isAnnouncing={isAnnouncing} />
    </div>
  )
}
