import { i18n } from '#i18n'
import { selectServiceLevel } from '../../../shared/live/service-level.ts'
import type { QueueLive } from '../../../shared/live/types.ts'
import type { QueueCall } from '../../../shared/protocol/http/board.ts'
import type { DirectoryQueue } from '../../../shared/protocol/http/directory.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import { formatCount } from '../../lib/wording/format.ts'
import { language } from '../../lib/wording/labels.ts'
import type { BoardPage } from '../page.ts'
import { Standing } from '../parts/Standing.tsx'
import { Behind } from './Behind.tsx'
import { QueueCallLine } from './CallLine.tsx'
import { Figures } from './Figures.tsx'
import type { QueueFigure } from './pane-model.ts'
import { WaitingLine } from './WaitingLine.tsx'

export interface QueuePartProps {
  readonly page: BoardPage
  readonly queueId: string
  readonly figure: QueueFigure
}

/** A queue: who waits, who of its members is on the phone, and today's callers behind each figure. */
export function QueuePart({ page, queueId, figure }: QueuePartProps) {
  const { model, pane, requests } = page
  const live = model.feed.queue(queueId).value
  const account = model.feed.account.value
  if (live === undefined || account === undefined) return <p class="quiet">{i18n.t('board.nothingKnown')}</p>
  const settings = account.queues[queueId]
  const { offered, answered, abandoned, redirected } = live.today
  const level = selectServiceLevel(live.today, settings ?? {})
  const format = (count: number) => formatCount(count, language())
  return (
    <>
      <Rules settings={settings} />
      <WaitingList page={page} live={live} settings={settings} />
      <Members page={page} live={live} memberIds={settings?.members ?? []} />
      <Figures
        chosen={figure}
        figures={[
          ['offered', i18n.t('board.offered'), format(offered)],
          ['answered', i18n.t('popup.answered'), format(answered)],
          ...(level === undefined
            ? []
            : [['inTime', i18n.t('board.inTime'), `${format(level.inTime)} / ${format(level.counted)}`] as const]),
          ['abandoned', i18n.t('board.number.abandoned'), format(abandoned)],
          ['redirected', i18n.t('board.redirected'), format(redirected)],
        ]}
        onChoose={(next) => pane.open({ kind: 'queue', queueId, figure: next })}
      />
      <Behind
        about={`${queueId} ${offered}`}
        read={() => requests.listQueueCalls(queueId, account.sinceMs)}
        isWanted={(call) => isOfFigure(call, figure, settings?.slaSeconds)}
        keyOf={({ telephonySessionId, startedAt }) => `${telephonySessionId} ${startedAt}`}
        line={(call) => <QueueCallLine page={page} call={call} />}
      />
    </>
  )
}

export function isOfFigure(
  { outcome, waitMs }: Pick<QueueCall, 'outcome' | 'waitMs'>,
  figure: QueueFigure,
  slaSeconds: number | undefined,
): boolean {
  if (figure === 'offered') return true
  // Waits are counted in whole seconds, rounded up.
  if (figure === 'inTime') return outcome === 'answered' && Math.ceil(waitMs / SECOND_MS) <= (slaSeconds ?? 0)
  return outcome === figure
}

/** What the account itself says of the queue. */
function Rules({ settings }: { readonly settings: DirectoryQueue | undefined }) {
  const { slaSeconds, slaGoal, maxCallers, wrapUpSeconds } = settings ?? {}
  const rules = [
    slaSeconds === undefined || slaGoal === undefined
      ? undefined
      : i18n.t('board.rule.level', [String(slaGoal), String(slaSeconds)]),
    maxCallers === undefined ? undefined : i18n.t('board.rule.maxCallers', [String(maxCallers)]),
    wrapUpSeconds === undefined ? undefined : i18n.t('board.rule.wrapUp', [String(wrapUpSeconds)]),
  ].filter((rule) => rule !== undefined)
  if (rules.length === 0) return null
  return <p class="quiet rules">{rules.join(' · ')}</p>
}

interface PartProps {
  readonly page: BoardPage
  readonly live: QueueLive
}

function WaitingList({
  page,
  live: { waiting, queueId },
  settings,
}: PartProps & { readonly settings: DirectoryQueue | undefined }) {
  const max = settings?.maxCallers
  return (
    <section>
      <h3>
        {max === undefined
          ? i18n.t('board.waiting', waiting.length)
          : i18n.t('board.waitingOf', [String(waiting.length), String(max)])}
      </h3>
      <ul class="waiting-list">
        {waiting.map((caller) => (
          <WaitingLine key={caller.partyId} page={page} caller={caller} queueId={queueId} />
        ))}
      </ul>
    </section>
  )
}

/** Those on the phone with a caller of the queue first. */
function Members({
  page: { model, pane },
  live: { onPhone },
  memberIds,
}: PartProps & { readonly memberIds: readonly string[] }) {
  const busy = onPhone.map(({ extensionId }) => extensionId)
  const ids = [...new Set([...busy, ...memberIds])]
  if (ids.length === 0) return null
  return (
    <section>
      <h3>{i18n.t('board.members')}</h3>
      <ul class="members">
        {ids.map((id) => (
          <Member
            key={id}
            id={id}
            model={model}
            onOpen={() => pane.openFrom({ kind: 'person', extensionId: id, figure: 'calls' })}
          />
        ))}
      </ul>
    </section>
  )
}

interface MemberProps extends Pick<BoardPage, 'model'> {
  readonly id: string
  readonly onOpen: () => void
}

export function Member({ id, model, onOpen }: MemberProps) {
  const row = model.feed.extension(id).value
  return (
    <li>
      <button type="button" class="call-line" onClick={onOpen}>
        <bdi class="who">{model.names.value.person(id)}</bdi>
        {row && <Standing row={row} nowMs={model.feed.nowMs} settings={model.settings} />}
      </button>
    </li>
  )
}
