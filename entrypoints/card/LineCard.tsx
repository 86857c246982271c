import { i18n } from '#i18n'
import type { ActionKind } from '../../shared/call/action-kinds.ts'
import { selectDirectAction } from '../ui/actions/direct-action.ts'
import { nameAction } from '../ui/actions/name-action.ts'
import { nameDevice } from './ActionButton.tsx'
import { Refusal } from './Actions.tsx'
import { selectLikely } from './action-slots.ts'
import type { CardPartProps } from './Card.tsx'
import { ActionIcon } from './icons.tsx'
import { RelayButton } from './RelayAway.tsx'
import { TopLine } from './TopLine.tsx'
import { classOfOther, nameOther } from './who.ts'

/** Another call, small: state, time, whom it is with, and what it is most likely wanted for. */
export function LineCard(props: CardPartProps) {
  const { call } = props
  const likely = selectLikely(call.actions.kinds)
  const who = (
    <span class={classOfOther(call, 'via')} title={nameOther(call)} dir="auto">
      {nameOther(call)}
    </span>
  )
  return (
    <article class="card line" data-call={call.telephonySessionId} data-phase={call.phase} aria-label={nameOther(call)}>
      <TopLine {...props} isWhole={false}>
        {likely === undefined ? who : <span class="space" />}
      </TopLine>
      {likely !== undefined && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form.
        <div class="actions" role="group" aria-label={i18n.t('action.label')}>
          <Refusal call={call} />
          <div class="row likely">
            {who}
            <LikelyButton {...props} kind={likely} />
          </div>
        </div>
      )}
    </article>
  )
}

/** Does it at a click, or opens the card where the person is asked something first. */
function LikelyButton({ call, send, kind }: CardPartProps & { readonly kind: ActionKind }) {
  const { telephonySessionId, actions } = call
  const action = selectDirectAction(kind, actions)
  const name = nameAction(kind, actions)
  return (
    <RelayButton
      label={action === undefined ? i18n.t('action.opens', [name]) : name}
      {...(action !== undefined && nameDevice(action, call))}
      class={kind === 'hangUp' ? 'button ends' : 'button primary'}
      isPending={actions.pending.includes(kind)}
      onAct={() =>
        send(
          action === undefined
            ? { type: 'fold', telephonySessionId, isFolded: false }
            : { type: 'act', telephonySessionId, action },
        )
      }
    >
      <ActionIcon kind={kind} />
      <span class="text">{action === undefined ? i18n.t('action.opens', [name]) : name}</span>
    </RelayButton>
  )
}
