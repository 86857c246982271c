import { i18n } from '#i18n'
import { isMissed } from '../../../shared/call/missed.ts'
import type { ExtensionCall, QueueCall } from '../../../shared/protocol/http/board.ts'
import { formatClock, formatTime } from '../../lib/wording/format.ts'
import { language, nameState } from '../../lib/wording/labels.ts'
import type { BoardPage } from '../page.ts'
import { readOutcome } from './extension-figure.ts'

/** A finished call of somebody as one line; opened, it is taken apart. */
export function ExtensionCallLine({
  page: { model, pane },
  call,
  extensionId,
}: {
  readonly page: BoardPage
  readonly call: ExtensionCall
  readonly extensionId: string
}) {
  const title = nameOther(call, model.names.value.counterpart)
  const outcome = readOutcome(call)
  const state = { direction: call.direction, phase: 'ended', outcome } as const
  return (
    <button
      type="button"
      class="call-line"
      onClick={() => pane.openFrom({ kind: 'call', call: { title, sessions: listSessions(call), extensionId } })}
    >
      <span class="when">{formatTime(Date.parse(call.startedAt), language())}</span>
      <bdi class="who">{title}</bdi>
      <span class="state" data-state={isMissed(state) ? 'missed' : 'ended'}>
        {nameState(state)}
      </span>
      <span class="times">
        {`${i18n.t('figure.ring')} ${formatClock(call.ringMs)} · ${i18n.t('figure.talk')} ${formatClock(call.talkMs)} · ${i18n.t('figure.hold')} ${formatClock(call.holdMs)}`}
      </span>
    </button>
  )
}

/** A caller of a queue who waits no longer. */
export function QueueCallLine({ page: { model, pane }, call }: { readonly page: BoardPage; readonly call: QueueCall }) {
  const names = model.names.value
  const title = nameOther(call, names.counterpart)
  return (
    <button
      type="button"
      class="call-line"
      onClick={() =>
        pane.openFrom({
          kind: 'call',
          call: { title, sessions: [call.telephonySessionId], extensionId: call.takenBy },
        })
      }
    >
      <span class="when">{formatTime(Date.parse(call.startedAt), language())}</span>
      <bdi class="who">{title}</bdi>
      <span class="state" data-state={call.outcome === 'abandoned' ? 'missed' : 'ended'}>
        {call.outcome === 'answered' && call.takenBy !== undefined
          ? i18n.t('card.takenBy', [names.person(call.takenBy)])
          : i18n.t(`board.queueOutcome.${call.outcome}`)}
      </span>
      <span class="times">{i18n.t('board.waited', [formatClock(call.waitMs)])}</span>
    </button>
  )
}

function listSessions({ telephonySessionId, sessions }: ExtensionCall): readonly string[] {
  return [telephonySessionId, ...sessions.filter((id) => id !== telephonySessionId)]
}

function nameOther(
  { name, phoneNumber }: Pick<ExtensionCall, 'name' | 'phoneNumber'>,
  nameCounterpart: (counterpart: {
    name: string | undefined
    phoneNumber: string | undefined
    extensionId: undefined
  }) => string,
): string {
  return nameCounterpart({ name, phoneNumber, extensionId: undefined })
}
