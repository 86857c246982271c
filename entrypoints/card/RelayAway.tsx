import { type ComponentChildren, createContext } from 'preact'
import { useContext, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import type { ActionButtonProps } from '../ui/actions/action-parts.ts'
import { ActButton } from './ActButton.tsx'

/** What it means for a card that nothing can be asked of the relay. */
export interface RelayAway {
  readonly isAway: boolean
  /** Why nothing was done, as a sentence, once somebody has tried; until the relay is back. */
  readonly why: string | undefined
  readonly explain: () => void
}

const Away = createContext<RelayAway>({ isAway: false, why: undefined, explain: () => undefined })

export const useRelayAway = () => useContext(Away)

export interface RelayScopeProps {
  readonly isAway: boolean
  readonly children: ComponentChildren
}

/** One card, which says in one place why its buttons do nothing. */
export function RelayScope({ isAway, children }: RelayScopeProps) {
  const [wasAsked, setAsked] = useState(false)
  if (wasAsked && !isAway) setAsked(false)
  const why = isAway && wasAsked ? i18n.t('card.away') : undefined
  return <Away.Provider value={{ isAway, why, explain: () => setAsked(true) }}>{children}</Away.Provider>
}

/** A button for what the relay carries out: greyed while that is away, when a click says why. It stays where it is. */
export function RelayButton(props: ActionButtonProps) {
  const { isAway, explain } = useRelayAway()
  if (!isAway) return <ActButton {...props} />
  return <ActButton {...props} title={i18n.t('card.away')} onGreyed={explain} />
}
