import { useRef } from 'preact/hooks'
import { i18n } from '#i18n'
import type { CardCall } from '../lib/contract/card-call.ts'
import type { CardSnapshot } from '../lib/contract/ports.ts'
import { language } from '../lib/wording/labels.ts'
import { AlertCard } from './AlertCard.tsx'
import { Announcement } from './Announcement.tsx'
import { type ArrangedCall, arrangeCards, WHOLE_CARDS } from './arrange.ts'
import { Card, type Send } from './Card.tsx'
import { Dial } from './Dial.tsx'
import { Handle, type HandleProps } from './Handle.tsx'
import { LineCard } from './LineCard.tsx'
import { Lost } from './Lost.tsx'
import type { Obstacle } from './on-top.ts'
import { Pill } from './Pill.tsx'
import { RelayScope } from './RelayAway.tsx'
import { useKeys } from './use-keys.ts'

export interface CardsProps extends HandleProps {
  readonly snapshot: CardSnapshot
  /** Calls that the worker no longer sends but that are still in use here. */
  readonly untold: ReadonlySet<string>
  /** Calls whose cards are in use. */
  readonly inUse: ReadonlySet<string>
  /** Whether typing is swallowed because the field it was meant for has gone. */
  readonly isHolding: boolean
  /** When the snapshot came, by `performance.now()`: the durations in it have grown by what has passed since. */
  readonly receivedMs: number
  readonly send: Send
  /** What of the page keeps clicks from the card. */
  readonly obstacle: Obstacle | undefined
  /** The writing direction of the reader's language. */
  readonly direction: 'ltr' | 'rtl'
  /** Returns the keyboard focus to where it was in the page. */
  readonly onLeave: () => void
}

/** A window in which two whole cards and a line do not fit, CSS px: at 200 % on a small screen. */
const LOW_PX = 560

/** Every call there is to show: the newest whole, older ones a line each, those that the person folded in a pill. */
export function Cards(props: CardsProps) {
  const { snapshot, untold, inUse, isHolding, receivedMs, send, obstacle, direction, onMove, onReset, onLeave } = props
  const { calls, alerts = [], lostSinceMs, isAnnouncing, dial } = snapshot
  const before = useRef<readonly ArrangedCall[]>([])
  const arranged = arrangeCards(calls, before.current, inUse, innerHeight < LOW_PX ? 1 : WHOLE_CARDS)
  before.current = arranged
  const shown = { receivedMs, send }
  // How long that has lasted by now is not known.
  const isLost = ({ telephonySessionId }: CardCall) => lostSinceMs !== undefined || untold.has(telephonySessionId)
  // A whole card has its own use for Escape; from everything else it leads back to the page.
  const cards = useKeys<HTMLElement>((event) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    onLeave()
  })
  return (
    <div class="ringside" dir={direction} lang={language()}>
      <section ref={cards} class="cards" tabIndex={-1} aria-label={i18n.t('card.region')}>
        {(calls.length > 0 || alerts.length > 0 || dial) && <Handle onMove={onMove} onReset={onReset} />}
        {isHolding && (
          <p class="hint" role="alert">
            {i18n.t('card.holding')}
          </p>
        )}
        {obstacle && <p class="hint">{i18n.t(`card.obstacle.${obstacle}`)}</p>}
        {lostSinceMs !== undefined && <Lost sinceMs={lostSinceMs} {...shown} />}
        {dial && (
          <RelayScope isAway={lostSinceMs !== undefined}>
            <Dial key={dial.to} offer={dial} send={send} />
          </RelayScope>
        )}
        {alerts.map((alert) => (
          <AlertCard key={alert.name} alert={alert} send={send} />
        ))}
        {arranged.map(({ call, form }) => {
          const part = { call, isLost: isLost(call), ...shown }
          if (form === 'pill') return null
          return (
            // The relay has no part in a sample.
            <RelayScope key={call.telephonySessionId} isAway={lostSinceMs !== undefined && !call.isSample}>
              {form === 'whole' ? <Card {...part} onLeave={onLeave} /> : <LineCard {...part} />}
            </RelayScope>
          )
        })}
        <Pill
          calls={arranged.flatMap(({ call, form }) => (form === 'pill' ? call : []))}
          isLost={lostSinceMs !== undefined}
          {...shown}
        />
      </section>
      <Announcement calls={calls} alerts={alerts} isAnnouncing={isAnnouncing} />
    </div>
  )
}
