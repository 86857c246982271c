import { useMemo } from 'preact/hooks'
import type { ActionParts } from '../ui/actions/action-parts.ts'
import type { Send } from './Card.tsx'
import { isGuarded, listenToField } from './guarded-keys.ts'
import { RelayButton } from './RelayAway.tsx'
import { askSuggestions } from './suggestions.ts'

/** What forms about the actions of a call are made of on somebody else's page. */
export function useActionParts(telephonySessionId: string, send: Send): ActionParts {
  return useMemo(
    () => ({
      Button: RelayButton,
      listen: listenToField,
      canType: isGuarded,
      suggest: (typed) => askSuggestions(telephonySessionId, typed, send),
    }),
    [telephonySessionId, send],
  )
}
