import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { formatTime } from '../lib/wording/format.ts'
import { language } from '../lib/wording/labels.ts'
import type { Send } from './Card.tsx'
import { trusted } from './trusted.ts'

export interface LostProps {
  /** Since when, ms since the epoch, browser's clock. */
  readonly sinceMs: number
  /** When the worker last told how things stand, by `performance.now()`. */
  readonly receivedMs: number
  readonly send: Send
}

/**
 * That the relay is away, and the way to try it now. Above the cards, which hang at their lower edge: it comes and goes without moving
 * a button.
 */
export function Lost({ sinceMs, receivedMs, send }: LostProps) {
  const [triedAtMs, setTried] = useState<number>()
  // What came of it is told with the next word of the worker.
  const isTrying = triedAtMs === receivedMs
  const tryNow = () => {
    if (isTrying) return
    setTried(receivedMs)
    send({ type: 'reconnect' })
  }
  return (
    <div class="lost actions">
      <p>{i18n.t('card.lost', [formatTime(sinceMs, language())])}</p>
      <button type="button" class="button" aria-busy={isTrying} aria-disabled={isTrying} onClick={trusted(tryNow)}>
        {i18n.t('card.tryAgain')}
      </button>
    </div>
  )
}
