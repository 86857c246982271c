import { i18n } from '#i18n'
import { unreachable } from '../../../shared/assert.ts'
import type { QueueCall } from '../../../shared/protocol/http/board.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import type { BoardPage } from '../page.ts'
import type { Answer } from '../requests.ts'
import { Behind } from './Behind.tsx'
import { QueueCallLine } from './CallLine.tsx'
import type { OverviewFigure } from './pane-model.ts'
import { Member } from './QueuePart.tsx'
import { WaitingLine } from './WaitingLine.tsx'

/** What one of the six numbers is made of: callers, people, or calls that are over. */
export function NumberBehind({ page, figure }: { readonly page: BoardPage; readonly figure: OverviewFigure }) {
  return (
    <>
      <p class="quiet">{i18n.t(`board.numberMeaning.${figure}`)}</p>
      <Made page={page} figure={figure} />
    </>
  )
}

function Made({ page, figure }: { readonly page: BoardPage; readonly figure: OverviewFigure }) {
  const { model, pane } = page
  switch (figure) {
    case 'waiting':
    case 'longest':
      return <AllWaiting page={page} />
    case 'talking':
    case 'available': {
      const ids = [...model.peopleOfQueue.value[figure]]
      if (ids.length === 0) return <p>{i18n.t('board.nobodyNow')}</p>
      return (
        <ul class="members" data-count={ids.length}>
          {ids.map((id) => (
            <Member
              key={id}
              id={id}
              model={model}
              onOpen={() => pane.openFrom({ kind: 'person', extensionId: id, figure: 'calls' })}
            />
          ))}
        </ul>
      )
    }
    case 'level':
    case 'abandoned':
      return <OfToday page={page} figure={figure} />
    default:
      return unreachable(figure)
  }
}

function AllWaiting({ page }: { readonly page: BoardPage }) {
  const queues = selectQueues(page)
  const waiting = queues
    .flatMap(({ queueId, waiting: callers }) => callers.map((caller) => ({ caller, queueId })))
    .sort((a, b) => a.caller.sinceMs - b.caller.sinceMs)
  if (waiting.length === 0) return <p>{i18n.t('board.nobodyWaits')}</p>
  return (
    <ul class="waiting-list" data-count={waiting.length}>
      {waiting.map(({ caller, queueId }) => (
        <WaitingLine key={caller.partyId} page={page} caller={caller} queueId={queueId} />
      ))}
    </ul>
  )
}

/** Calls of all queues that are meant: for the service level those that were not answered in time. */
function OfToday({ page, figure }: { readonly page: BoardPage; readonly figure: 'level' | 'abandoned' }) {
  const { model, requests } = page
  const account = model.feed.account.value
  if (account === undefined) return null
  const queues = selectQueues(page)
  const read = async (): Promise<Answer<readonly (QueueCall & { readonly queueId: string })[]>> => {
    const answers = await Promise.all(
      queues.map(async ({ queueId }) => ({ queueId, answer: await requests.listQueueCalls(queueId, account.sinceMs) })),
    )
    const calls = answers.flatMap(({ queueId, answer }) => (answer.value ?? []).map((call) => ({ ...call, queueId })))
    const refusal = answers.find(({ answer }) => answer.refusal !== undefined)?.answer.refusal
    if (refusal !== undefined) return { refusal }
    return { value: calls.sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt)) }
  }
  return (
    <Behind
      about={queues.map(({ queueId, today }) => `${queueId} ${today.offered}`).join(' ')}
      read={read}
      isWanted={({ outcome, waitMs, queueId }) => {
        if (figure === 'abandoned') return outcome === 'abandoned'
        const seconds = account.queues[queueId]?.slaSeconds
        return outcome === 'answered' && seconds !== undefined && Math.ceil(waitMs / SECOND_MS) > seconds
      }}
      keyOf={({ telephonySessionId, queueId, startedAt }) => `${telephonySessionId} ${queueId} ${startedAt}`}
      line={(call) => <QueueCallLine page={page} call={call} />}
    />
  )
}

function selectQueues({ model }: BoardPage) {
  model.feed.summaryVersion.value
  const { queueId } = model.shown.value
  const ids = new Set(queueId === undefined ? model.queueIds.value : [queueId])
  return model.feed.listQueues().filter((live) => ids.has(live.queueId))
}
