import { i18n } from '#i18n'
import { CallIcon } from '../icons.tsx'
import type { ActionParts } from './action-parts.ts'
import { FirstPhone } from './FirstPhone.tsx'
import { listenPlainly, PlainButton } from './plain-parts.tsx'
import type { CallingOut } from './use-call-out.ts'

export interface CallOutButtonProps {
  readonly calling: CallingOut
  /** Whom it calls, in words. */
  readonly who: string
  /** Whether somebody is called who waits for that, or was on the phone before; else: called. */
  readonly isBack?: boolean
  readonly isPrimary?: boolean
  /** Whether the relay can't be reached. */
  readonly isDisabled: boolean
}

/** Calls somebody, by one click. */
export function CallOutButton({ calling, who, isBack = false, isPrimary = false, isDisabled }: CallOutButtonProps) {
  const label = i18n.t(isBack ? 'action.callBack' : 'callOut.call', [who])
  return (
    <button
      type="button"
      class={isPrimary ? 'call-out primary' : 'call-out'}
      data-call-out
      aria-label={label}
      title={label}
      aria-busy={calling.state.kind === 'asking'}
      disabled={isDisabled}
      onClick={() => void calling.call()}
    >
      <CallIcon />
      <span>{i18n.t(isBack ? 'action.callBackShort' : 'callOut.callShort')}</span>
    </button>
  )
}

const PARTS: ActionParts = {
  Button: PlainButton,
  listen: listenPlainly,
  canType: () => true,
  suggest: async () => [],
}

/** What came of it, and which phone is to ring where that has to be asked. */
export function CallOutStatus({ calling }: { readonly calling: CallingOut }) {
  const { state, call, leave } = calling
  return (
    <div class="call-out-status">
      {state.kind === 'askPhone' && (
        <FirstPhone
          parts={PARTS}
          devices={state.phones}
          isPending={false}
          onPick={(deviceId) => void call(deviceId)}
          onClose={leave}
        />
      )}
      <p role="status" class={state.kind === 'refused' || state.kind === 'interrupted' ? 'problem' : 'quiet'}>
        {state.kind === 'refused' && state.sentence}
        {state.kind === 'interrupted' && i18n.t('problem.interrupted')}
        {state.kind === 'placed' && i18n.t('callOut.placed')}
      </p>
    </div>
  )
}
