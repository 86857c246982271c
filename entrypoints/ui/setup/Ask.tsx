import { useEffect, useRef } from 'preact/hooks'

export interface AskProps {
  readonly question: string
  readonly yes: string
  readonly no: string
  readonly onAnswer: (isYes: boolean) => void
}

/** Asks before something is done that nothing brings back. */
export function Ask({ question, yes, no, onAnswer }: AskProps) {
  const harmless = useRef<HTMLButtonElement>(null)
  // The keys go where nothing is lost by them.
  useEffect(() => harmless.current?.focus(), [])
  return (
    <div class="ask">
      <p role="alert">{question}</p>
      <button type="button" onClick={() => onAnswer(true)}>
        {yes}
      </button>
      <button type="button" ref={harmless} onClick={() => onAnswer(false)}>
        {no}
      </button>
    </div>
  )
}
