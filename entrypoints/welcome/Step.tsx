import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import type { StepStand } from './steps.ts'

export interface StepProps {
  readonly stand: StepStand
  /** From 1. */
  readonly number: number
  /** What is true now that it is done. */
  readonly fact: string | undefined
  readonly children: ComponentChildren
}

/**
 * One step: its state in colour, word and shape, and what there is to do. It opens when its turn comes and folds to what came of it
 * when it is done; the keys go on to the next one, if they were in it.
 */
export function Step({ stand: { id, state }, number, fact, children }: StepProps) {
  const [isOpen, setOpen] = useState(state === 'now')
  const details = useRef<HTMLDetailsElement>(null)
  const before = useRef(state)
  useEffect(() => {
    if (before.current === state) return
    before.current = state
    const hadKeys = details.current?.contains(document.activeElement) ?? false
    setOpen(state === 'now')
    if (state === 'done' && hadKeys) focusNext(details.current)
  }, [state])
  return (
    <li class="step" data-step={id} data-state={state}>
      <details ref={details} open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary aria-current={state === 'now' ? 'step' : undefined}>
          <span class="mark">{state === 'done' ? <Check /> : <span aria-hidden="true">{number}</span>}</span>
          <h3>{i18n.t(`welcome.step.${id}`)}</h3>
          <span class="word">{i18n.t(`welcome.state.${state}`)}</span>
          {fact !== undefined && <span class="fact">{fact}</span>}
        </summary>
        {children}
      </details>
    </li>
  )
}

/** The step whose turn it is now, or the heading of the one that is done where there is none. */
function focusNext(done: HTMLDetailsElement | null): void {
  const list = done?.closest('ol')
  const next = list?.querySelector<HTMLElement>('[data-state="now"] summary') ?? done?.querySelector('summary')
  next?.focus()
}

function Check() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path d="M4 8.5l3 3 5-6" />
    </svg>
  )
}
