import { i18n } from '#i18n'
import type { WaitingCaller } from '../../../shared/live/types.ts'
import { language } from '../../lib/wording/labels.ts'
import type { BoardPage } from '../page.ts'
import { Clock } from '../parts/Clock.tsx'
import { Flag, selectNotices } from '../parts/RuleLines.tsx'

export interface WaitingLineProps {
  readonly page: BoardPage
  readonly caller: WaitingCaller
  readonly queueId: string
}

/** Somebody who waits: who, for how long, and whose phones ring for them. */
export function WaitingLine({ page: { model, pane }, caller, queueId }: WaitingLineProps) {
  const names = model.names.value
  const title = names.counterpart(caller.caller)
  const ringing = caller.ringing.map((id) => names.person(id))
  return (
    <li>
      <button
        type="button"
        class="call-line"
        data-session={caller.telephonySessionId}
        onClick={() =>
          pane.openFrom({
            kind: 'call',
            call: { title, sessions: [caller.telephonySessionId], extensionId: undefined },
          })
        }
      >
        <Clock nowMs={model.feed.nowMs} sinceMs={caller.sinceMs} key={caller.sinceMs} />
        <bdi class="who">{title}</bdi>
        <Flag notices={selectNotices(model.feed.notices.value, [caller.telephonySessionId])} />
        <span class="quiet times">
          {ringing.length > 0
            ? i18n.t('board.ringsAt', [new Intl.ListFormat(language()).format(ringing)])
            : names.queue(queueId)}
        </span>
      </button>
    </li>
  )
}
