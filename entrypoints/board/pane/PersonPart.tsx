import { i18n } from '#i18n'
import type { ExtensionTally, LiveCall } from '../../../shared/live/types.ts'
import { formatClock } from '../../lib/wording/format.ts'
import { Help } from '../help/Help.tsx'
import type { BoardPage } from '../page.ts'
import { Clock } from '../parts/Clock.tsx'
import { RuleLines, selectNotices } from '../parts/RuleLines.tsx'
import { Standing } from '../parts/Standing.tsx'
import { Behind } from './Behind.tsx'
import { ExtensionCallLine } from './CallLine.tsx'
import { isOfPersonFigure } from './extension-figure.ts'
import { Figures } from './Figures.tsx'
import type { PersonFigure } from './pane-model.ts'

export interface PersonPartProps {
  readonly page: BoardPage
  readonly extensionId: string
  readonly figure: PersonFigure
}

/** Somebody: what they are doing and how to help, and today's calls behind each figure. */
export function PersonPart({ page, extensionId, figure }: PersonPartProps) {
  const { model } = page
  const row = model.feed.extension(extensionId).value
  const sinceMs = model.feed.account.value?.sinceMs
  if (row === undefined || sinceMs === undefined) return <p class="quiet">{i18n.t('board.nothingKnown')}</p>
  return (
    <>
      <p class="now">
        <Standing row={row} nowMs={model.feed.nowMs} settings={model.settings} />
      </p>
      {row.handSinceMs !== undefined && (
        <p class="hand-up">
          {/* Said once: with the time in it, it would be said with every second. */}
          <span role="status">{i18n.t('board.handUp')}</span>{' '}
          <Clock nowMs={model.feed.nowMs} sinceMs={row.handSinceMs} key={row.handSinceMs} />
        </p>
      )}
      {row.calls.map((call) => (
        <Live
          key={call.telephonySessionId}
          page={page}
          extensionId={extensionId}
          call={call}
          isAsked={row.handSinceMs !== undefined}
        />
      ))}
      {model.isSeenWhole.value(extensionId) ? (
        <Day page={page} extensionId={extensionId} figure={figure} today={row.today} sinceMs={sinceMs} />
      ) : (
        <p class="quiet">{i18n.t('board.queueCallsOnly')}</p>
      )}
    </>
  )
}

interface DayProps extends PersonPartProps {
  readonly today: ExtensionTally
  readonly sinceMs: number
}

function Day({ page, extensionId, figure, today, sinceMs }: DayProps) {
  const { pane, requests } = page
  const { calls, answered, missed, talkMs, holdMs } = today
  return (
    <>
      <Figures
        chosen={figure}
        figures={[
          ['calls', i18n.t('board.column.calls'), String(calls)],
          ['answered', i18n.t('popup.answered'), String(answered)],
          ['missed', i18n.t('popup.missed'), String(missed)],
          ['talk', i18n.t('figure.talk'), formatClock(talkMs)],
          ['hold', i18n.t('figure.hold'), formatClock(holdMs)],
        ]}
        onChoose={(next) => pane.open({ kind: 'person', extensionId, figure: next })}
      />
      <Behind
        about={`${extensionId} ${calls} ${talkMs} ${holdMs}`}
        read={() => requests.listExtensionCalls(extensionId, sinceMs)}
        isWanted={(call) => isOfPersonFigure(call, figure)}
        keyOf={({ telephonySessionId }) => telephonySessionId}
        line={(call) => <ExtensionCallLine page={page} call={call} extensionId={extensionId} />}
      />
    </>
  )
}

interface LiveProps extends Pick<PersonPartProps, 'page' | 'extensionId'> {
  readonly call: LiveCall
  readonly isAsked: boolean
}

function Live({ page, extensionId, call, isAsked }: LiveProps) {
  const { model, pane } = page
  const names = model.names.value
  const title = names.counterpart(call.counterpart)
  const sessions = [...new Set([call.telephonySessionId, call.currentSessionId])]
  return (
    <section class="live-call">
      <div class="live-head">
        <span class="who">
          <bdi>{title}</bdi>
          <span class="quiet">
            {[i18n.t(`direction.${call.direction}`), names.queueOf(call)].filter(Boolean).join(' · ')}
          </span>
        </span>
        <button
          type="button"
          class="link"
          onClick={() => pane.openFrom({ kind: 'call', call: { title, sessions, extensionId } })}
        >
          {i18n.t('board.events')}
        </button>
      </div>
      <RuleLines notices={selectNotices(model.feed.notices.value, sessions)} names={names} />
      <Help page={page} extensionId={extensionId} call={call} isAsked={isAsked} />
    </section>
  )
}
