import { i18n } from '#i18n'
import { selectServiceLevel } from '../../../shared/live/service-level.ts'
import type { QueueLive } from '../../../shared/live/types.ts'
import { formatCount, formatShare } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import type { BoardModel } from '../model/board-model.ts'
import type { BoardPage } from '../page.ts'
import { Clock } from '../parts/Clock.tsx'
import { Flag, selectNotices } from '../parts/RuleLines.tsx'

/** The queues as lines: who waits in each, who is on the phone with its callers, and how its day goes. */
export function Queues({ page: { model, pane } }: { readonly page: BoardPage }) {
  const { queueId } = model.shown.value
  const ids = queueId === undefined ? model.queueIds.value : [queueId]
  if (ids.length === 0) return null
  return (
    <section class="queues" aria-label={i18n.t('board.queues')}>
      <h2>{i18n.t('board.queues')}</h2>
      <ul>
        {ids.map((id) => (
          <Queue
            key={id}
            id={id}
            model={model}
            onOpen={() => pane.open({ kind: 'queue', queueId: id, figure: 'offered' })}
          />
        ))}
      </ul>
    </section>
  )
}

interface QueueProps {
  readonly id: string
  readonly model: BoardModel
  readonly onOpen: () => void
}

/** As many callers can be told apart at a glance; the rest is a number. */
const MAX_CHIPS = 6

function Queue({ id, model, onOpen }: QueueProps) {
  const live = model.feed.queue(id).value
  const settings = model.feed.account.value?.queues[id]
  if (live === undefined) return null
  const { onPhone, today } = live
  const level = selectServiceLevel(today, settings ?? {})
  return (
    <li class="queue" data-queue={id}>
      <button type="button" class="queue-name" onClick={onOpen}>
        <bdi>{model.names.value.queue(id)}</bdi>
      </button>
      <Waiting live={live} model={model} maxCallers={settings?.maxCallers} />
      <span class="fact" data-name="onPhone">
        {settings === undefined || settings.members.length === 0
          ? i18n.t('board.onPhone', [String(onPhone.length)])
          : i18n.t('board.onPhoneOf', [String(onPhone.length), String(settings.members.length)])}
      </span>
      <span class="fact" data-name="level" title={i18n.t('board.levelMeaning')}>
        {level?.share === undefined
          ? i18n.t('board.levelNone')
          : i18n.t('board.level', [formatShare(Math.floor(level.share * 100) / 100, language())])}
      </span>
      <span class="fact" data-name="today">
        {i18n.t('board.queueToday', [
          formatCount(today.answered, language()),
          formatCount(today.abandoned, language()),
        ])}
      </span>
    </li>
  )
}

interface WaitingProps {
  readonly live: QueueLive
  readonly model: BoardModel
  readonly maxCallers: number | undefined
}

/** Those who wait, one by one with their time, and how near the queue is to sending callers elsewhere. */
function Waiting({ live: { waiting }, model, maxCallers }: WaitingProps) {
  const isFilling = maxCallers !== undefined && waiting.length >= maxCallers * FILLING_SHARE
  return (
    <span class="waiting" data-filling={isFilling}>
      <span class="count">
        {isFilling
          ? i18n.t('board.waitingOf', [String(waiting.length), String(maxCallers)])
          : i18n.t('board.waiting', waiting.length)}
      </span>
      {waiting.slice(0, MAX_CHIPS).map(({ telephonySessionId, partyId, sinceMs, ringing }) => (
        <span key={partyId} class="wait" data-ringing={ringing.length > 0}>
          <Flag notices={selectNotices(model.feed.notices.value, [telephonySessionId])} />
          <Clock nowMs={model.feed.nowMs} sinceMs={sinceMs} />
        </span>
      ))}
      {waiting.length > MAX_CHIPS && <span class="quiet">{`+${waiting.length - MAX_CHIPS}`}</span>}
    </span>
  )
}

/** From here on it is worth knowing how much room there is. */
const FILLING_SHARE = 0.8
