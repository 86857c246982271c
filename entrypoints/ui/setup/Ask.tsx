import { useEffect, useRef } from 'preact/hooks'

export interface AskProps {
  readonly question: string
  readonly yes: string
  readonly no: string
  /** Whether a yes deletes what cannot be had back. */
  readonly isDangerous?: boolean
  readonly onAnswer: (isYes: boolean) => void
}

/** A question before something that cannot be undone. */
export function Ask({ question, yes, no, isDangerous = false, onAnswer }: AskProps) {
  const harmless = useRef<HTMLButtonElement>(null)
  // The focus goes to the answer that loses nothing.
  useEffect(() => harmless.current?.focus(), [])
  return (
    <div class="ask">
      <p role="alert">{question}</p>
      <button type="button" class={isDangerous ? 'danger' : ''} onClick={() => onAnswer(true)}>
        {yes}
      </button>
      <button type="button" ref={harmless} onClick={() => onAnswer(false)}>
        {no}
      </button>
    </div>
  )
}
