import { endedCardSetting } from '../../lib/settings/settings.ts'

/** How long the card of a finished call stays up, as the person chose it. */
export interface EndedStay {
  /** Infinite: until the person puts it away. */
  ms(): number
  /** Resolves when it is known: until then it is what nobody has changed. */
  read(): Promise<void>
  close(): void
}

/** `onChange`: the user has chosen again. */
export function followEndedStay(onChange: () => void): EndedStay {
  let stay = endedCardSetting.fallback
  const unwatch = endedCardSetting.watch((next) => {
    stay = next
    onChange()
  })
  return {
    ms: () => (stay === 'untilClosed' ? Number.POSITIVE_INFINITY : stay),
    read: async () => {
      stay = await endedCardSetting.getValue()
    },
    close: unwatch,
  }
}
