import { i18n } from '#i18n'
import type { CardCall } from '../lib/contract/card-call.ts'
import { ActionForm } from '../ui/actions/ActionForm.tsx'
import { nameAction } from '../ui/actions/name-action.ts'
import { useOpenedAction } from '../ui/actions/use-opened-action.ts'
import { ActionButton } from './ActionButton.tsx'
import { selectSlots } from './action-slots.ts'
import type { Send } from './Card.tsx'
import { ActionIcon } from './icons.tsx'
import { RelayButton, useRelayAway } from './RelayAway.tsx'
import { useActionParts } from './use-action-parts.ts'
import { nameOther } from './who.ts'

export interface ActionsProps {
  readonly call: CardCall
  readonly send: Send
}

/**
 * What there is to do with a call, on somebody else's page: a row of icons, each in its place, at the card's lower edge. What is asked
 * and said about an action stands above the row, so that no button moves away from under the pointer.
 */
export function Actions({ call, send }: ActionsProps) {
  const { telephonySessionId, phase, actions } = call
  const parts = useActionParts(telephonySessionId, send)
  const opened = useOpenedAction(actions.kinds)
  const slots = selectSlots(phase, actions.kinds)
  if (slots.length === 0 && actions.refusal === undefined) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form.
    <div class="actions" role="group" aria-label={i18n.t('action.label')}>
      <ActionForm
        opened={opened}
        actions={actions}
        parts={parts}
        onAct={(action) => send({ type: 'act', telephonySessionId, action })}
      />
      <Refusal call={call} />
      <Question call={call} send={send} />
      <div class="row">
        {slots.map(({ kind, usual, isWide }, index) =>
          kind === undefined ? (
            // Places do not change their order.
            <span key={`none-${index}`} class={isWide ? 'slot none wide' : 'slot none'} aria-hidden="true">
              {usual !== undefined && <ActionIcon kind={usual} />}
            </span>
          ) : (
            <ActionButton key={kind} {...{ kind, call, send, opened, isWide }} />
          ),
        )}
      </div>
    </div>
  )
}

/** How a question ends: both are joined, once somebody has answered it, or the person goes back to the caller. */
function Question({ call, send }: ActionsProps) {
  const { telephonySessionId, actions } = call
  const { kinds, pending, questionFor } = actions
  if (!kinds.includes('returnToCaller') || questionFor === undefined) return null
  const act = (kind: 'connect' | 'returnToCaller') => send({ type: 'act', telephonySessionId, action: { kind } })
  return (
    <div class="question">
      <RelayButton
        label={nameAction('connect', actions)}
        title={i18n.t('question.connectMeaning', [questionFor, nameOther(call)])}
        class="button primary"
        isPending={pending.includes('connect')}
        isDisabled={!kinds.includes('connect')}
        onAct={() => act('connect')}
      >
        <ActionIcon kind="connect" />
        <span class="text">{nameAction('connect', actions)}</span>
      </RelayButton>
      <RelayButton
        label={i18n.t('question.return', [questionFor])}
        title={i18n.t('question.return', [questionFor])}
        class="button"
        isPending={pending.includes('returnToCaller')}
        onAct={() => act('returnToCaller')}
      >
        <ActionIcon kind="returnToCaller" />
        <span class="text">{nameAction('returnToCaller', actions)}</span>
      </RelayButton>
    </div>
  )
}

/** Why something was not done. Always present, so that screen readers announce what appears in it. */
export function Refusal({ call: { actions } }: { readonly call: CardCall }) {
  const { why } = useRelayAway()
  return (
    <p class="problem" role="status">
      {why ?? actions.refusal}
    </p>
  )
}
