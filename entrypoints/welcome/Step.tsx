import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
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
 * One step: its state in colour, word and shape, and what there is to do. It opens when its turn comes and stays as it is when
 * it is done, so that nothing moves away under the person's hands.
 */
export function Step({ stand: { id, state }, number, fact, children }: StepProps) {
  const [isOpen, setOpen] = useState(state === 'now')
  useEffect(() => {
    if (state === 'now') setOpen(true)
  }, [state])
  return (
    <li class="step" data-step={id} data-state={state}>
      <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary aria-current={state === 'now' ? 'step' : undefined}>
          <span class="mark">{state === 'done' ? <Check /> : <span aria-hidden="true">{number}</span>}</span>
          <h2>{i18n.t(`welcome.step.${id}`)}</h2>
          <span class="word">{i18n.t(`welcome.state.${state}`)}</span>
          {fact !== undefined && <span class="fact">{fact}</span>}
        </summary>
        {children}
      </details>
    </li>
  )
}

function Check() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path d="M4 8.5l3 3 5-6" />
    </svg>
  )
}
