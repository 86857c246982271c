import { type EndedCardStay, endedCardSetting } from '../../lib/settings/settings.ts'

/** How long the card of a finished call stays up, as the person chose it, kept up for the worker. */
export interface EndedStay {
  /** Infinite: until the person puts it away. */
  ms(): number
  /** Resolves when it is known, or can't be: until then it is what nobody has changed. */
  read(): Promise<void>
}

/** Begins to read at once: calls that have ended wait for it. `onChange`: the person has chosen again. */
export function followEndedStay(onChange: () => void): EndedStay {
  let stay = endedCardSetting.fallback
  const take = (next: EndedCardStay) => {
    stay = next
  }
  const reading = endedCardSetting.getValue().then(take, () => undefined)
  endedCardSetting.watch((next) => {
    take(next)
    onChange()
  })
  return { ms: () => (stay === 'untilClosed' ? Number.POSITIVE_INFINITY : stay), read: () => reading }
}
